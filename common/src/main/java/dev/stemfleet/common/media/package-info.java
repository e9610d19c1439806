/// Sound files and video loops as people hand them in: what is in them, opened and decoded by
/// FFmpeg.
///
/// The dispatcher looks at files here before it sends them; the worker's `audio` room reads its
/// sound through [SoundInput], its `clip` room backgrounds through [LoopFrames]. FFmpeg's C API may
/// be used (input only), nothing is written. Objects are confined to one thread at a time, and
/// never a virtual one.
@NullMarked
package dev.stemfleet.common.media;

import org.jspecify.annotations.NullMarked;
