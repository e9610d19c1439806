package dev.stemfleet.dispatcher.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.show.JobLine;
import dev.stemfleet.dispatcher.watch.Finish;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import dev.stemfleet.dispatcher.watch.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What single jobs came to and the files that they made. The files' names are not kept in memory:
/// they stand in the manifest of the job's folder. Thread-safe.
final class Made {
  private static final JsonMapper JSON = Json.lenient();
  private static final long MOST_BYTES = 4L << 20;

  private final Supplier<Fleet> fleet;
  private final OutputFolder out;

  /// One job with all that is known.
  ///
  /// @param seconds that it took, null unless it has ended
  /// @param result as the manifest keeps it; null when nothing was made or it cannot be seen
  /// @param hint what to do to see the files, null when they can be seen or there are none
  record Detail(
      JobLine job,
      @Nullable Integer attempt,
      @Nullable Double seconds,
      List<String> warnings,
      @Nullable Result result,
      @Nullable String hint) {}

  private record Manifest(@Nullable Result result) {}

  Made(Supplier<Fleet> fleet, OutputFolder out) {
    this.fleet = fleet;
    this.out = out;
  }

  /// @throws RequestRefused 404 if no such job is known
  Detail detail(String jobId) {
    JobState job = job(jobId);
    Finish finish =
        switch (job.phase()) {
          case Phase.Done(Finish done) -> done;
          case Phase.Failed(Finish failed, var failure) -> failed;
          case Phase.Cancelled cancelled -> null;
          case Phase.Queued() -> null;
          case Phase.Running running -> null;
          case Phase.Retrying retrying -> null;
        };
    if (finish == null) {
      return new Detail(JobLine.of(job), null, null, List.of(), null, null);
    }
    Optional<Result> result = result(job);
    return new Detail(
        JobLine.of(job),
        finish.attempt(),
        finish.seconds(),
        finish.warnings(),
        result.orElse(null),
        result.isPresent() || finish.directory() == null ? null : hint());
  }

  /// A file that a job made.
  ///
  /// @param number its place among those of the result, from 0
  /// @throws RequestRefused 404 if there is none
  Path file(String jobId, int number) {
    return out.file(entry(jobId, number).path()).orElseThrow(() -> none("no such file"));
  }

  /// @throws RequestRefused 404 if there is none
  OutputFile entry(String jobId, int number) {
    List<OutputFile> files = result(job(jobId)).map(Result::files).orElse(List.of());
    if (number < 0 || number >= files.size()) {
      throw none("no such file");
    }
    return files.get(number);
  }

  /// The picture that a job put beside its videos.
  Optional<Path> cover(String jobId) {
    return result(job(jobId)).stream()
        .flatMap(result -> result.files().stream())
        .filter(file -> file.product() == null && file.path().matches("(?s).*/cover\\.[a-z]+"))
        .flatMap(file -> out.file(file.path()).stream())
        .findFirst();
  }

  JobState job(String jobId) {
    return JobPages.find(fleet.get(), jobId).orElseThrow(() -> none("no such job"));
  }

  private Optional<Result> result(JobState job) {
    if (!(job.phase() instanceof Phase.Done(Finish finish)) || finish.directory() == null) {
      return Optional.empty();
    }
    return out.file(finish.directory() + "/manifest.json")
        .flatMap(Made::read)
        .filter(result -> result.jobId().equals(job.info().jobId()));
  }

  private static Optional<Result> read(Path manifest) {
    try {
      return Files.size(manifest) > MOST_BYTES
          ? Optional.empty()
          : Optional.ofNullable(JSON.readValue(Files.readAllBytes(manifest), Manifest.class))
              .map(Manifest::result);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String hint() {
    if (!out.isFolder()) {
      return "Its files are in the object store, where this page does not look.";
    }
    return out.visible()
        ? "Its folder is not there any more."
        : "The output folder is not seen from here; start the console with --out.";
  }

  private static RequestRefused none(String what) {
    return new RequestRefused(404, "there is " + what);
  }
}
