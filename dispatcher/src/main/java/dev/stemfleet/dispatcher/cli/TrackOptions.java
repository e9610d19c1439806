package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.TrackFields;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what a track is called and looks like; a mixin of `submit` and `local`.
/// They override what the file, playlist or job file says.
public final class TrackOptions {
  @Option(names = "--id", paramLabel = "ID", description = "Its id. Default: made from its sound.")
  private @Nullable String id;

  @Option(names = "--title", paramLabel = "TEXT", description = "Title of the one track.")
  private @Nullable String title;

  @Option(names = "--artist", paramLabel = "TEXT", description = "Artist of all tracks.")
  private @Nullable String artist;

  @Option(
      names = "--bpm",
      paramLabel = "BPM",
      description = "Tempo of the one track, above 0 and at most 400.")
  private @Nullable Double bpm;

  @Option(names = "--key", paramLabel = "KEY", description = "Musical key of the one track.")
  private @Nullable String key;

  @Option(names = "--genre", paramLabel = "TEXT", description = "Genre of all tracks.")
  private @Nullable String genre;

  @Option(
      names = "--thumbnail",
      paramLabel = "FILE",
      description = "Cover of all tracks. Default: the one in the sound file.")
  private @Nullable Path thumbnail;

  @Option(
      names = "--trim-start",
      paramLabel = "TIME",
      description = "Leave out what is before: seconds or m:ss.")
  private @Nullable String trimStart;

  @Option(
      names = "--trim-end",
      paramLabel = "TIME",
      description = "Leave out what is after: seconds or m:ss.")
  private @Nullable String trimEnd;

  /// The inputs with these options over what they say.
  ///
  /// @throws RequestException if an option is wrong, or is for one track and there are several
  public Inputs over(Inputs inputs, Surroundings here) {
    if (inputs.tracks().size() > 1) {
      requireForAll();
    }
    TrackFields fields = fields(here);
    return inputs.map(entry -> entry.with(fields));
  }

  /// @throws RequestException if there is one that is for a single track
  void requireForAll() {
    requireAbsent("--id", id);
    requireAbsent("--title", title);
    requireAbsent("--bpm", bpm);
    requireAbsent("--key", key);
  }

  private TrackFields fields(Surroundings here) {
    try {
      Path picture = thumbnail == null ? null : here.folder().resolve(thumbnail);
      return new TrackFields(id, title, artist, bpm, key, genre, picture, trim(), null, null);
    } catch (IllegalArgumentException e) {
      throw new RequestException("--" + e.getMessage());
    }
  }

  private @Nullable Trim trim() {
    if (trimStart == null && trimEnd == null) {
      return null;
    }
    return new Trim(
        trimStart == null ? 0 : seconds("--trim-start", trimStart),
        trimEnd == null ? null : seconds("--trim-end", trimEnd));
  }

  /// `90`, `90.5`, `1:30`, `1:02:03`.
  private static double seconds(String option, String text) {
    double seconds = 0;
    try {
      for (String part : text.split(":", -1)) {
        double value = Double.parseDouble(part);
        if (!(value >= 0 && value < 1e6)) {
          throw new NumberFormatException(part);
        }
        seconds = seconds * 60 + value;
      }
      return seconds;
    } catch (NumberFormatException e) {
      throw new RequestException(option + ": '" + text + "' is no time such as 90 or 1:30");
    }
  }

  private static void requireAbsent(String option, @Nullable Object value) {
    if (value != null) {
      throw new RequestException(option + ": is for one track, not for several");
    }
  }
}
