package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Outputs;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.clip.ClipKind;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.place.Placement;
import dev.stemfleet.worker.place.WorkFolder;
import dev.stemfleet.worker.source.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of a job: its files go to their place and its result says where. Also finds what was
/// finished before. Used by the device thread.
final class JobPlaces {
  private final Placement placement;
  private final Assets assets;
  private final AudioProducts audioProducts;
  private final Videos videos;

  JobPlaces(Placement placement, Assets assets, Videos videos) {
    this.placement = placement;
    this.assets = assets;
    this.audioProducts = new AudioProducts(placement, assets);
    this.videos = videos;
  }

  /// The result of the same job with the same spec, if all its files are intact. A job that is to
  /// be made anew is finished only by its own run.
  Optional<Result> finished(JobContext context, Results results) {
    Job job = context.job();
    return placement
        .finished(job.jobId(), context.specHash(), job.directory(), job.track().id())
        .map(placed -> placed.manifest().result())
        .filter(first -> isEnough(job, first))
        .filter(this::holdsElsewhere)
        .map(first -> results.replayed(context, first));
  }

  /// Puts the track's own cover beside the videos.
  ///
  /// @return its name, or null if the track has none that can be shown
  @Nullable String copyCover(Job job, FrameClips clips, JobOutputs outputs) {
    AssetRef thumbnail = job.track().thumbnail();
    if (thumbnail == null || clips.coverWarning().isPresent()) {
      return null;
    }
    String name = "cover" + extension(thumbnail.name());
    try {
      outputs.write(name, null, Files.readAllBytes(assets.locate(thumbnail)));
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, "cannot read the cover " + thumbnail.name(), e);
    }
    return name;
  }

  /// Puts beside the videos how a script was spoken.
  void writeReport(StemAudio stems, JobOutputs outputs) {
    SpeechReport report = stems.facts().speech();
    if (report != null) {
      outputs.write(SpeechReport.FILE, Stem.NARRATION, Json.pretty(report));
    }
  }

  /// Moves everything into place and says what was made.
  Result place(
      JobContext context,
      StemAudio stems,
      JobOutputs outputs,
      WorkFolder work,
      Results results,
      LoadCounts counts) {
    Job job = context.job();
    context.renewLease();
    List<OutputFile> audio = audioProducts.place(job, stems, work);
    CacheCounts caches = counted(counts, stems);
    LoudnessFacts loudness = stems.facts().loudness();
    Placement.Placed placed =
        placement.place(
            outputs.folder(),
            job.jobId(),
            context.specHash(),
            outputs.entries(),
            job.directory(),
            job.track().id(),
            directory -> {
              List<OutputFile> files = new ArrayList<>(outputs.placedIn(directory));
              files.addAll(audio);
              return results.succeeded(
                  context,
                  new Outputs(directory, files, caches, stems.model(), loudness, videos.encoder()));
            },
            there -> isEnough(job, there.result()));
    Result there =
        Objects.requireNonNull(placed.manifest().result(), "a job's manifest has its result");
    // Another run may have been quicker: its answer is not this run's.
    return there.run().equals(job.run()) ? there : results.replayed(context, there);
  }

  private static boolean isEnough(Job job, @Nullable Result there) {
    return !job.wantedAnew() || (there != null && there.run().equals(job.run()));
  }

  private boolean holdsElsewhere(Result result) {
    String own = result.directory() + "/";
    return result.files().stream()
        .filter(file -> !file.path().startsWith(own))
        .allMatch(file -> placement.has(file.path(), file.bytes()));
  }

  private static CacheCounts counted(LoadCounts counts, StemAudio stems) {
    return new CacheCounts(
        counts.loads(ClipKind.BACKGROUND),
        counts.hits(ClipKind.BACKGROUND),
        counts.loads(ClipKind.THUMBNAIL),
        counts.hits(ClipKind.THUMBNAIL),
        counts.loads(ClipKind.WATERMARK),
        counts.hits(ClipKind.WATERMARK),
        counts.loads(ClipKind.ICON),
        counts.hits(ClipKind.ICON),
        counts.loads(ClipKind.BASE),
        counts.hits(ClipKind.BASE),
        stems.separations(),
        stems.encodes());
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
    return extension.matches("\\.[a-z0-9]{1,5}") ? extension : "";
  }
}
