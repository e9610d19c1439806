package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Ours in the bench of one more channel: a warm worker that has the track's stems and has made its
/// first channel. Every time the track has a cover that was never seen. One thread.
final class MoreChannels {
  private static final int FIRST_COVER = 2000;

  private final BenchWorker worker;
  private final BenchTrack track;
  private final Channel first;
  private final List<Channel> more;
  private final Map<String, List<Double>> parts = new LinkedHashMap<>();
  private final List<Result> former = new ArrayList<>();
  private int round;

  MoreChannels(BenchWorker worker, BenchTrack track, Channel first, List<Channel> more)
      throws IOException {
    this.worker = worker;
    this.track = track;
    this.first = first;
    this.more = List.copyOf(more);
    AssetRef cover = BenchFrames.cover(track.folder(), FIRST_COVER);
    worker.keep(track.job("known", first, cover, worker.model()), track.stems());
  }

  int videos() {
    return first.stems().size();
  }

  /// Makes the first channel, then one more, and returns the seconds that the latter took.
  ///
  /// The files of the round before go directly before that: so the new ones find memory that was in
  /// use until now, as single still videos do. Else a virtual machine whose host took its free
  /// memory back would be measured, not the worker.
  double addOne() throws IOException {
    round++;
    String batch = "round-" + round;
    AssetRef cover = BenchFrames.cover(track.folder(), FIRST_COVER + round);
    Result known = worker.run(track.job(batch, first, cover, worker.model()));
    Job job = track.job(batch, more.get(round % more.size()), cover, worker.model());
    deleteFormer();
    double cpu = BenchPool.cpuSeconds();
    long start = System.nanoTime();
    Result result = worker.run(job);
    double seconds = (System.nanoTime() - start) / 1e9;
    note("cpu_seconds_per_video", (BenchPool.cpuSeconds() - cpu) / videos());
    CacheCounts caches = Objects.requireNonNull(result.caches());
    note("separations", caches.separations());
    note("audio_encodes", caches.audioEncodes());
    result.stageSeconds().forEach((stage, took) -> note(stage + "_seconds", took));
    JobProof.videos(worker, job, result, track.stems().samples());
    former.addAll(List.of(known, result));
    return seconds;
  }

  /// Where the time of the rounds went, medians.
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    parts.forEach((name, values) -> medians.put(name, Rounds.median(values)));
    return medians;
  }

  private void deleteFormer() throws IOException {
    for (Result result : former) {
      worker.delete(result);
    }
    former.clear();
  }

  private void note(String part, double value) {
    parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(value);
  }
}
