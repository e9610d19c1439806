/// Frames and videos: draws the layers of a frame, encodes one picture, repeats it for as long as
/// the sound lasts.
///
/// [FrameDrawing] is pure. [StillVideo] uses FFmpeg for encoding only and writes the MP4 file
/// itself; nothing else here touches files. It gets pictures and encoded sound as values and knows
/// neither caches of clips nor channels. The job's room calls it.
@NullMarked
package dev.stemfleet.worker.render;

import org.jspecify.annotations.NullMarked;
