package dev.stemfleet.dispatcher.fetch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that is wanted.
///
/// @param file where it shall lie; its folder exists
/// @param mostBytes that are accepted
/// @param sha256 that it must have, 64 lower-case hex digits; null if only the server can say
public record Order(Address address, Path file, long mostBytes, @Nullable String sha256) {}
