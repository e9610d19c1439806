package dev.stemfleet.common.domain;

/// One file of a model.
///
/// @param path below the folder of the definition, `/` between folders, never upwards
/// @param sha256 64 lower-case hex digits; a file with another digest is never loaded
/// @param bytes its size
public record ModelFile(String path, String sha256, long bytes) {
  public ModelFile {
    if (path.isBlank() || path.startsWith("/") || path.contains("\\") || path.contains("..")) {
      throw new IllegalArgumentException("path: must lie below the definition's folder");
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256: must be 64 lower-case hex digits");
    }
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes: must be positive");
    }
  }
}
