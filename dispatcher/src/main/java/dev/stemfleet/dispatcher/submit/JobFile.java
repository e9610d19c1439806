package dev.stemfleet.dispatcher.submit;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.dispatcher.plan.BatchName;
import dev.stemfleet.dispatcher.script.GenerationFile;
import dev.stemfleet.dispatcher.script.SpeechFile;
import dev.stemfleet.dispatcher.script.SpeechFile.Audio;
import dev.stemfleet.dispatcher.script.SpeechFile.Chunking;
import dev.stemfleet.dispatcher.script.SpeechFile.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job file (YAML) as people write it: tracks, and what holds for all of them.
///
/// @param batch its name; `job` says the same
/// @param model that separates
/// @param input one script, beside or instead of the tracks
/// @param preprocessing of older files; what it asks for is always done
/// @param chunking how scripts are cut; this and what follows holds for all scripts of the file
record JobFile(
    @Nullable String batch,
    @Nullable JobHead job,
    @Nullable List<String> channels,
    @Nullable List<String> stems,
    @Nullable List<String> products,
    @Nullable String model,
    @Nullable PublishFile publish,
    @Nullable List<TrackFile> tracks,
    @Nullable InputFile input,
    @Nullable Preprocessing preprocessing,
    @Nullable Chunking chunking,
    @Nullable GenerationFile generation,
    @Nullable Validation validation,
    @Nullable Audio audio) {

  JobFile {
    if (batch != null && job != null && job.name() != null && !batch.equals(job.name())) {
      throw new IllegalArgumentException(
          "job: is '" + job.name() + "', but batch is '" + batch + "'");
    }
  }

  /// What a job is called: a word, or a name and a label that tells its runs apart.
  record JobHead(@Nullable String name, @Nullable String runLabel) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    JobHead(
        @JsonProperty("name") @Nullable String name,
        @JsonProperty("run-label") @JsonAlias("run_label") @Nullable String runLabel) {
      this.name = name;
      this.runLabel = runLabel;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JobHead named(String name) {
      return new JobHead(name, null);
    }
  }

  /// @param start local date and time, or with an offset
  /// @param every such as `1d` or `12h`
  /// @param zone such as `Europe/Berlin`
  record PublishFile(@Nullable String start, @Nullable String every, @Nullable String zone) {}

  /// One script.
  ///
  /// @param textFile whatever it is called; as the source of a track
  record InputFile(
      @JsonProperty("text_file") String textFile,
      @Nullable String id,
      @Nullable String title,
      @Nullable String artist,
      @Nullable String genre,
      @Nullable String thumbnail) {
    InputFile {
      if (textFile.isBlank()) {
        throw new IllegalArgumentException("text_file: must not be empty");
      }
      toTrack(textFile, id, title, artist, genre, thumbnail);
    }

    TrackFile toTrack() {
      return toTrack(textFile, id, title, artist, genre, thumbnail);
    }

    private static TrackFile toTrack(
        String source,
        @Nullable String id,
        @Nullable String title,
        @Nullable String artist,
        @Nullable String genre,
        @Nullable String thumbnail) {
      return new TrackFile(
          source, id, title, artist, null, null, genre, thumbnail, null, null, null, null, null,
          null, null, null);
    }
  }

  /// Line ends are always made alike, and punctuation is always made such as models know it.
  record Preprocessing(
      @Nullable Boolean enabled,
      @JsonProperty("normalize_line_endings") @Nullable Boolean normalizeLineEndings) {
    Preprocessing {
      if (Boolean.FALSE.equals(enabled) || Boolean.FALSE.equals(normalizeLineEndings)) {
        throw new IllegalArgumentException("line ends are always made alike; leave it out");
      }
    }
  }

  /// @throws dev.stemfleet.common.config.ConfigException naming the file and the key's path
  static JobFile read(Path file) {
    return YamlFile.read(file, JobFile.class);
  }

  JobFields fields() {
    return new JobFields(
        name(),
        channels == null ? List.of() : channels,
        stems == null ? List.of() : stems,
        products == null ? List.of() : products,
        model,
        publish == null ? null : publish.start(),
        publish == null ? null : publish.every(),
        publish == null ? null : publish.zone());
  }

  /// Its tracks, in their order; the one script first.
  List<TrackEntry> entries(Places places) {
    SpeechFile speech =
        new SpeechFile(chunking, generation, validation, audio).withRecordings(places::file);
    List<TrackEntry> entries = new ArrayList<>();
    if (input != null) {
      TrackEntry entry = input.toTrack().toEntry(places, speech);
      entries.add(entry.spoken(List.of(speech)));
    }
    if (tracks != null) {
      tracks.forEach(track -> entries.add(track.toEntry(places, speech)));
    }
    return entries;
  }

  private @Nullable String name() {
    String named = batch == null && job != null ? job.name() : batch;
    String label = job == null ? null : job.runLabel();
    return label == null || label.isBlank()
        ? named
        : BatchName.labelled(named == null ? BatchName.USUAL : named, label);
  }
}
