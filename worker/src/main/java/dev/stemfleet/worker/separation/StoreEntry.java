package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import java.util.Map;

/// One entry of the store as it lies on disk.
///
/// @param stems with paths into the entry's folder
/// @param bytes of all files of the folder
record StoreEntry(
    String key, Map<Stem, EncodedAudio> stems, Map<String, Object> facts, long bytes) {}
