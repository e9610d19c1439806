package dev.stemfleet.worker.job;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.place.Attempts;
import dev.stemfleet.worker.place.Disk;
import dev.stemfleet.worker.place.WorkFolder;
import dev.stemfleet.worker.place.WorkFolders;
import dev.stemfleet.worker.source.Sounds;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a job: the stages in order. Start reading at [#make]. One job at a time, on the device
/// thread.
public final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final Sounds sounds;
  private final WorkFolders folders;
  private final Attempts attempts;
  private final StemSources sources;
  private final Videos videos;
  private final JobPlaces places;
  private final Results results;

  JobRunner(
      Sounds sounds,
      WorkFolders folders,
      Attempts attempts,
      StemSources sources,
      Videos videos,
      JobPlaces places,
      Results results) {
    this.sounds = sounds;
    this.folders = folders;
    this.attempts = attempts;
    this.sources = sources;
    this.videos = videos;
    this.places = places;
    this.results = results;
  }

  /// Tries a job once. Never throws for what can happen to a job.
  public JobOutcome run(Job job, int attempt, Lease lease, Reporter reporter) {
    JobContext context = new JobContext(job, Spec.hash(job), attempt, lease, reporter);
    try {
      Optional<Result> finished = places.finished(context, results);
      if (finished.isPresent()) {
        return new JobOutcome.Done(finished.get());
      }
      // Only now: what lies in its place is to be reported, whatever was wished since.
      context.requireWanted();
      if (attempts.unended(job.jobId(), job.run()) >= Attempts.POISON) {
        throw new JobException(
            FailureCode.POISON, Attempts.POISON + " tries of this job ended with their worker");
      }
      try (Attempts.Mark _ = attempts.begin(job.jobId(), job.run())) {
        return new JobOutcome.Done(make(context));
      }
    } catch (StoppedException e) {
      return e.isCancelled()
          ? failed(context, new JobException(FailureCode.CANCELLED, "the job was cancelled"))
          : new JobOutcome.Stopped(String.valueOf(e.getMessage()));
    } catch (JobException e) {
      return failed(context, e);
    } catch (UncheckedIOException e) {
      return failed(context, Disk.failure(folders.path(), e));
    } catch (OutOfMemoryError e) {
      return failed(
          context, new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "out of memory: " + e, e));
    } catch (RuntimeException | Error e) {
      // An error, too: ending the worker in order would leave no mark, and the job would end them
      // all.
      return failed(context, new JobException(FailureCode.INTERNAL, e.toString(), e));
    }
  }

  private Result make(JobContext context) {
    Job job = context.job();
    LoadCounts counts = new LoadCounts();
    try (WorkFolder work = folders.forJob(job.jobId())) {
      Path source =
          context.run(Stage.RESOLVE, progress -> sounds.locate(job.track(), work.path(), progress));
      // Drawn while the track is separated or spoken: nothing but the videos is left to be made
      // afterwards.
      try (JobPictures pictures = videos.pictures(job, counts);
          StemAudio stems = sources.stems(context, source)) {
        stems.facts().warnings().forEach(context::warn);
        FrameClips clips = context.run(Stage.DRAW, _ -> pictures.ready());
        clips.coverWarning().ifPresent(context::warn);
        JobOutputs outputs = new JobOutputs(work.folder("outputs"));
        context.run(
            Stage.VIDEO,
            progress -> {
              String cover = places.copyCover(job, clips, outputs);
              places.writeReport(stems, outputs);
              videos.write(job, pictures, stems.stems(), cover, outputs, progress);
              return outputs;
            });
        return context.run(
            Stage.PLACE, _ -> places.place(context, stems, outputs, work, results, counts));
      }
    }
  }

  private JobOutcome failed(JobContext context, JobException e) {
    Failure failure =
        new Failure(
            e.code(), context.stage().key(), String.valueOf(e.getMessage()), e.code().advice());
    boolean defect = e.code() == FailureCode.INTERNAL;
    LOG.atLevel(defect ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.DEBUG)
        .setCause(e)
        .log("try failed");
    Result failed = results.failed(context, failure);
    return switch (e.code().policy()) {
      case REFUSE -> new JobOutcome.Refused(failure, failed);
      case RETRY -> new JobOutcome.TryAgain(failure, failed);
      case END -> new JobOutcome.Cancelled(failure, failed);
    };
  }
}
