package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Outputs;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.ResultHead;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.fixture.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Messages as workers and the dispatcher would send them, at seconds after [#START].
public final class Messages {
  public static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
  public static final String RUN_1 = "01900000-0000-7000-8000-000000000001";
  public static final String RUN_2 = "01900000-0000-7000-8000-000000000002";

  private Messages() {}

  public static Instant at(double seconds) {
    return START.plusMillis(Math.round(seconds * 1000));
  }

  /// The job of `artist - title` for a channel, submitted at [#START].
  public static Job job(String batch, String channel, String artist, String title) {
    Track track = Jobs.track(artist, title);
    return new Job(
        Schema.VERSION,
        Identity.jobId(batch, track.id(), channel),
        batch,
        RUN_1,
        START,
        track,
        Jobs.channel(channel),
        new ModelRef("builtin", "0".repeat(64)),
        List.of(Product.VIDEO),
        null,
        batch + "/" + channel,
        List.of());
  }

  public static Job job(String channel) {
    return job("friday", channel, "An Artist", "A Title");
  }

  public static Event.Started started(Job job, String worker, double seconds) {
    return new Event.Started(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        worker,
        at(seconds),
        job.channel().key(),
        job.track().artist(),
        job.track().title(),
        1);
  }

  public static Event.Progressed progressed(
      Job job, String worker, double seconds, String stage, double fraction, double overall) {
    return new Event.Progressed(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        worker,
        at(seconds),
        stage,
        fraction,
        overall);
  }

  public static Event.Retrying retrying(Job job, String worker, double seconds, int attempt) {
    return new Event.Retrying(
        Schema.VERSION,
        job.jobId(),
        job.run(),
        job.batch(),
        worker,
        at(seconds),
        new Failure(FailureCode.DISK_FULL, "place", "/out is full", "Free some space."),
        attempt,
        20);
  }

  public static Event.Cancelled cancelled(Job job, String worker, double seconds) {
    return new Event.Cancelled(
        Schema.VERSION, job.jobId(), job.run(), job.batch(), worker, at(seconds));
  }

  public static Event.Heartbeat heartbeat(
      String worker, double seconds, Event.WorkerState state, List<Event.CacheState> caches) {
    return new Event.Heartbeat(
        Schema.VERSION,
        worker,
        at(seconds),
        state,
        START,
        "0.1.0",
        "node-1",
        4711,
        "cpu",
        new ModelFacts("builtin", "0".repeat(64), "cpu", "float32", 1.5, START, 7),
        null,
        List.of("music"),
        null,
        null,
        7,
        1,
        caches,
        null);
  }

  public static Event.Heartbeat heartbeat(String worker, double seconds, Event.WorkerState state) {
    return heartbeat(worker, seconds, state, List.of());
  }

  /// A success whose job separated its track.
  public static Result done(Job job, String worker, double seconds) {
    return done(job, worker, seconds, 1);
  }

  /// A success with one video of each of two stems.
  public static Result done(Job job, String worker, double seconds, int separations) {
    CacheCounts caches = new CacheCounts(1, 2, 1, 0, 1, 0, 5, 0, 1, 4, separations, 5);
    List<OutputFile> videos = List.of(video(job, Stem.ACAPELLA), video(job, Stem.DRUMS));
    Outputs outputs = new Outputs(job.directory(), videos, caches, null, null, "libx264");
    return head(job).succeeded(attempt(worker, seconds), outputs);
  }

  public static Result failed(Job job, String worker, double seconds) {
    Failure failure =
        new Failure(
            FailureCode.SOURCE_MISSING,
            "resolve",
            "songs/one.wav is not below the root music",
            "Check the worker's roots and that the file is still there.");
    return head(job).failed(attempt(worker, seconds), failure);
  }

  private static ResultHead head(Job job) {
    return ResultHead.of(job, "spec-" + job.jobId());
  }

  private static Attempt attempt(String worker, double seconds) {
    return new Attempt(worker, 1, at(seconds), List.of(), Map.of("separate", 8.0, "render", 2.0));
  }

  private static OutputFile video(Job job, Stem stem) {
    return new OutputFile(
        job.directory() + "/" + job.track().title() + " " + stem.label() + ".mp4",
        stem,
        Product.VIDEO,
        1_000_000,
        "0".repeat(64),
        240.0);
  }
}
