package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.config.YamlFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job file (YAML) as people write it: tracks, and what holds for all of them.
record JobFile(
    @Nullable String batch,
    @Nullable List<String> channels,
    @Nullable List<String> stems,
    @Nullable List<String> products,
    @Nullable String model,
    @Nullable PublishFile publish,
    List<TrackFile> tracks) {

  /// @param start local date and time, or with an offset
  /// @param every such as `1d` or `12h`
  /// @param zone such as `Europe/Berlin`
  record PublishFile(@Nullable String start, @Nullable String every, @Nullable String zone) {}

  /// @throws dev.stemfleet.common.config.ConfigException naming the file and the key's path
  static JobFile read(Path file) {
    return YamlFile.read(file, JobFile.class);
  }

  JobFields fields() {
    return new JobFields(
        batch,
        channels == null ? List.of() : channels,
        stems == null ? List.of() : stems,
        products == null ? List.of() : products,
        model,
        publish == null ? null : publish.start(),
        publish == null ? null : publish.every(),
        publish == null ? null : publish.zone());
  }
}
