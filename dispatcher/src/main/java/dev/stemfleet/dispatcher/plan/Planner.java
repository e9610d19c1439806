package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import java.time.OffsetDateTime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Tracks × channels → jobs. The same request always gives the same plan.
public final class Planner {
  /// A channel's copy in a message is at most this large, so that a track's jobs for ten channels
  /// still fit one producer batch.
  public static final int MAX_CHANNEL_BYTES = 100 * 1024;

  private Planner() {}

  /// @throws RequestException if the request makes no sense as a whole
  public static Plan plan(PlanRequest request) {
    boolean scripts = request.tracks().stream().anyMatch(Planner::isScript);
    boolean music = !request.tracks().stream().allMatch(Planner::isScript);
    requirePlannable(request, music, scripts);
    List<Channel> ofMusic = music ? StemChoice.ofMusic(request) : List.of();
    List<Channel> ofScripts = scripts ? StemChoice.ofScripts(request) : List.of();
    Tracks tracks = Tracks.distinct(request.tracks());
    List<Track> accepted = tracks.accepted().stream().map(TrackRequest::track).toList();
    List<String> folders = Folders.of(accepted);
    List<String> parents =
        request.channels().stream()
            .map(c -> request.batch() + "/" + Naming.folder(c) + "/")
            .toList();
    PublishSlots publish = request.publish();
    List<OffsetDateTime> slots = publish == null ? List.of() : publish.first(accepted.size());
    List<TrackPlan> plans =
        new OnDemand(
            accepted.size(),
            i -> {
              TrackRequest track = tracks.accepted().get(i);
              List<Channel> channels = isScript(track) ? ofScripts : ofMusic;
              OffsetDateTime publishAt = slots.isEmpty() ? null : slots.get(i);
              List<Job> jobs = new ArrayList<>(channels.size());
              for (int c = 0; c < channels.size(); c++) {
                String directory = parents.get(c) + folders.get(i);
                jobs.add(job(request, track, channels.get(c), directory, publishAt));
              }
              return new TrackPlan(track.track(), jobs);
            });
    return new Plan(
        plans,
        accepted.size() * request.channels().size(),
        warnings(request, slots, tracks),
        tracks.refusals());
  }

  /// Finds what is wrong with channels and stems before any track was looked at.
  ///
  /// @param music whether there may be some among the tracks
  /// @param scripts whether there may be some
  /// @throws RequestException if the request makes no sense as a whole
  public static void requirePlannable(PlanRequest request, boolean music, boolean scripts) {
    request.channels().forEach(Planner::requireSmall);
    if (music) {
      var _ = StemChoice.ofMusic(request);
    }
    if (scripts) {
      var _ = StemChoice.ofScripts(request);
    }
  }

  private static boolean isScript(TrackRequest track) {
    return track.track().speech() != null;
  }

  /// Jobs are many and much alike: each track's are made when they are asked for.
  private static final class OnDemand extends AbstractList<TrackPlan> {
    private final int size;
    private final IntFunction<TrackPlan> maker;

    OnDemand(int size, IntFunction<TrackPlan> maker) {
      this.size = size;
      this.maker = maker;
    }

    @Override
    public TrackPlan get(int index) {
      return maker.apply(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
      return size;
    }
  }

  private static Job job(
      PlanRequest request,
      TrackRequest track,
      Channel channel,
      String directory,
      @Nullable OffsetDateTime publishAt) {
    return new Job(
        Schema.VERSION,
        Identity.jobId(request.batch(), track.track().id(), channel.key()),
        request.batch(),
        request.run(),
        request.submittedAt(),
        track.track(),
        channel,
        track.model() == null ? request.model() : track.model(),
        request.products(),
        publishAt,
        directory,
        track.warnings());
  }

  private static void requireSmall(Channel channel) {
    int bytes = Wire.write(channel).length;
    if (bytes > MAX_CHANNEL_BYTES) {
      throw new RequestException(
          "channel %s: it takes %,d bytes in a message, at most %,d are allowed; shorten its texts"
              .formatted(channel.key(), bytes, MAX_CHANNEL_BYTES));
    }
  }

  private static List<String> warnings(
      PlanRequest request, List<OffsetDateTime> slots, Tracks tracks) {
    List<String> warnings = new ArrayList<>(tracks.warnings());
    if (!slots.isEmpty() && slots.getFirst().toInstant().isBefore(request.submittedAt())) {
      warnings.add("publish.start: " + slots.getFirst() + " is in the past");
    }
    return warnings;
  }
}
