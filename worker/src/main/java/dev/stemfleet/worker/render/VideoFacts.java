package dev.stemfleet.worker.render;

/// What was written.
///
/// @param frames pictures in the file; at a constant rate they cover the sound to within one frame
/// @param seconds length of the picture track
/// @param encoder the coder of the picture, for example `libx264`
/// @param repeated whether one encoded picture is repeated; false = every frame was encoded
/// @param bytes size of the file
/// @param sha256 64 lower-case hex digits of the file
public record VideoFacts(
    long frames,
    int framesPerSecond,
    double seconds,
    String encoder,
    boolean repeated,
    long bytes,
    String sha256) {}
