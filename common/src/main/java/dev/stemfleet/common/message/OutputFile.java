package dev.stemfleet.common.message;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import org.jspecify.annotations.Nullable;

/// One file that a job made.
///
/// @param path relative to the output root, `/` between folders
/// @param stem whose it is, null for files of the whole job (the cover)
/// @param product null for files that are neither sound nor video (metadata, the cover)
/// @param sha256 64 lower-case hex digits
/// @param seconds how long it plays, null if it does not
public record OutputFile(
    String path,
    @Nullable Stem stem,
    @Nullable Product product,
    long bytes,
    String sha256,
    @Nullable Double seconds) {}
