package dev.stemfleet.dispatcher.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/// `--format text|json`; a mixin of every command that prints something to be read on.
public final class FormatOption {
  /// How a command prints.
  public enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "text for people, json for programs (one object a line). Default: text")
  private Format format = Format.TEXT;

  public boolean json() {
    return format == Format.JSON;
  }
}
