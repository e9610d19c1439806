/// Sound: decoding, loudness, gain, checks and encoding.
///
/// FFmpeg's C API may be used here and in `render` only. `JobRunner` calls it: measure the track,
/// plan the gain, decode again for the separation, encode each stem. Nothing here knows the queue,
/// models or pictures. All sound between the parts is 44.1 kHz stereo float, 1.0 = full scale;
/// every object is confined to one thread at a time, and never a virtual one.
@NullMarked
package dev.stemfleet.worker.audio;

import org.jspecify.annotations.NullMarked;
