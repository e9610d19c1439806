package dev.stemfleet.common.config;

import dev.stemfleet.common.failure.Sentence;
import java.nio.file.Path;

/// A file that people wrote cannot be used; the message names the file and the key, in one line.
public final class ConfigException extends RuntimeException {
  public ConfigException(Path file, String problem) {
    this(file.toString(), problem);
  }

  /// @param where file, or whatever else people would look for
  public ConfigException(String where, String problem) {
    super(Sentence.of(where + ": " + problem));
  }
}
