package dev.stemfleet.common.media;

import org.jspecify.annotations.Nullable;

/// What a sound file says about itself, in the file's own words: ID3 frames, Vorbis comments or MP4
/// atoms. Nothing is checked or corrected; a tag that is missing or blank is null.
///
/// @param bpm beats per minute as text
/// @param key musical key as text, such as `F#m`
public record SoundTags(
    @Nullable String title,
    @Nullable String artist,
    @Nullable String bpm,
    @Nullable String key,
    @Nullable String genre) {}
