package dev.stemfleet.dispatcher.fetch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that is there, whole and checked.
///
/// @param sha256 of its bytes
/// @param promised whether somebody said before what that would be: the operator or the repository
/// @param commit of the repository it is from; null where there is none
public record Fetched(
    Path file, long bytes, String sha256, boolean promised, @Nullable String commit) {}
