package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.domain.speech.ScriptText;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import dev.stemfleet.dispatcher.script.Script;
import dev.stemfleet.dispatcher.script.SpeechFile;
import dev.stemfleet.dispatcher.script.SpokenWith;
import dev.stemfleet.dispatcher.script.VoiceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Looks at a script that was asked for: whether it can be spoken, by whom, and what it is called.
/// Thread-safe.
final class ScriptReader {
  private final Map<List<SpeechFile>, SpokenWith> choices;
  private final Roots roots;
  private final Downloads downloads;
  private final VoiceFiles voices;
  private final Thumbnails thumbnails;
  private final SubmitProgress progress;

  /// @param choices how scripts are spoken, by what is said of them
  ScriptReader(
      Map<List<SpeechFile>, SpokenWith> choices,
      Roots roots,
      Downloads downloads,
      VoiceFiles voices,
      Thumbnails thumbnails,
      SubmitProgress progress) {
    this.choices = Map.copyOf(choices);
    this.roots = roots;
    this.downloads = downloads;
    this.voices = voices;
    this.thumbnails = thumbnails;
    this.progress = progress;
  }

  /// @throws JobException if nothing can be made of this script, naming its file
  TrackRequest read(TrackEntry entry) {
    byte[] bytes = bytes(entry);
    String sha256 = Sha256.of(bytes);
    String wanted = entry.fields().sha256();
    if (wanted != null && !wanted.equals(sha256)) {
      throw new JobException(
          FailureCode.SOURCE_CHANGED, entry.input() + ": sha256: it is really " + sha256);
    }
    SpokenWith with = choices.get(entry.speech());
    if (with == null) {
      throw new IllegalStateException("nobody has chosen how " + entry.input() + " is spoken");
    }
    Script script = script(entry, bytes, with);
    double least = with.family().leastVoiceSeconds();
    Track track = track(entry, bytes.length, sha256, script, least);
    progress.script(entry.input(), script);
    return new TrackRequest(track, entry.input(), with.model(), script.warnings());
  }

  private static Script script(TrackEntry entry, byte[] bytes, SpokenWith with) {
    try {
      return Script.read(bytes, with);
    } catch (IllegalArgumentException e) {
      throw new JobException(FailureCode.SCRIPT_UNUSABLE, entry.input() + ": " + e.getMessage(), e);
    }
  }

  private Track track(
      TrackEntry entry, long bytes, String sha256, Script script, double leastVoiceSeconds) {
    TrackFields fields = TrackReader.blanksGone(entry.fields()).over(entry.fallback());
    Trim trim = fields.trim();
    if (trim != null && !trim.equals(Trim.NONE)) {
      throw new JobException(
          FailureCode.SCRIPT_UNUSABLE, entry.input() + ": trim: a script is spoken whole");
    }
    String id = fields.id();
    String title = fields.title();
    String artist = fields.artist();
    return new Track(
        id == null ? Identity.trackId(sha256) : id,
        source(entry),
        sha256,
        bytes,
        null,
        title == null ? InputNames.of(entry.place()) : title,
        artist == null ? "" : artist,
        fields.bpm(),
        fields.key(),
        fields.genre(),
        thumbnails.of(fields.thumbnail(), null),
        Trim.NONE,
        script.speech((speaker, file) -> voices.kept(speaker, file, leastVoiceSeconds)));
  }

  private Source source(TrackEntry entry) {
    return switch (entry.place()) {
      case TrackEntry.LocalFile(Path path) -> roots.locate(path);
      case TrackEntry.Elsewhere elsewhere -> elsewhere.source();
    };
  }

  private byte[] bytes(TrackEntry entry) {
    return switch (entry.place()) {
      case TrackEntry.LocalFile(Path path) -> bytes(path);
      case TrackEntry.Elsewhere elsewhere -> {
        try (FetchedFile file = FetchedFile.fetch(elsewhere, downloads)) {
          yield bytes(file.path());
        }
      }
    };
  }

  /// A file that is too large is not read to its end.
  private static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes((int) ScriptText.MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new JobException(FailureCode.SOURCE_MISSING, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
