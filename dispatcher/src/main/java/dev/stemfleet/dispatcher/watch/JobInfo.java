package dev.stemfleet.dispatcher.watch;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a job besides its state. Immutable, small: a history of many jobs is held.
///
/// @param jobId 16 hex digits
/// @param trackId null until the job or its result was read
/// @param channel key of its channel, empty while unknown
/// @param name `artist - title`, or the job id while unknown
/// @param trackSeconds length of the track, null when unknown
/// @param root named source root that its file lies below, null when it has none or is unknown
/// @param submittedAt null when unknown
/// @param units that its worker counted last; null where none were told of
public record JobInfo(
    String jobId,
    String batch,
    @Nullable String trackId,
    String channel,
    String name,
    @Nullable Double trackSeconds,
    @Nullable String root,
    @Nullable Instant submittedAt,
    @Nullable Units units) {

  static JobInfo unknown(String jobId, String batch) {
    return new JobInfo(jobId, batch, null, "", jobId, null, null, null, null);
  }

  static JobInfo of(Job job) {
    return new JobInfo(
        job.jobId(),
        job.batch(),
        job.track().id(),
        job.channel().key(),
        named(job.track().artist(), job.track().title()),
        seconds(job.track()),
        job.track().source() instanceof Source.InRoot inRoot ? inRoot.root() : null,
        job.submittedAt(),
        null);
  }

  /// This, with what a worker said when it began the job.
  JobInfo with(Event.Started started) {
    return new JobInfo(
        jobId,
        started.batch(),
        trackId,
        started.channel(),
        named(started.artist(), started.title()),
        trackSeconds,
        root,
        submittedAt,
        units);
  }

  /// This, with what a worker has counted.
  JobInfo with(Event.Progressed event) {
    Units told = Units.of(event);
    return told == null ? this : withUnits(told);
  }

  JobInfo withUnits(@Nullable Units told) {
    return new JobInfo(jobId, batch, trackId, channel, name, trackSeconds, root, submittedAt, told);
  }

  /// Of a script, what it is as long as: others of its batch are compared with it.
  private static @Nullable Double seconds(Track track) {
    return track.speech() == null ? track.seconds() : Double.valueOf(track.bytes() / 10.0);
  }

  JobInfo with(Result result) {
    return new JobInfo(
        jobId,
        result.batch(),
        result.trackId(),
        result.channel(),
        named(result.artist(), result.title()),
        trackSeconds,
        root,
        result.submittedAt(),
        units);
  }

  /// `artist - title`, without the dash where there is no artist.
  public static String named(String artist, String title) {
    return artist.isBlank() ? title : artist + " - " + title;
  }
}
