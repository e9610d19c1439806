package dev.stemfleet.common.s3;

import java.time.Instant;

/// An object that is in the store.
///
/// @param key relative to its place
/// @param bytes its size
/// @param written when, by the store's clock
/// @param version names these bytes; for [Bucket#replace]
public record Stored(String key, long bytes, Instant written, String version) {}
