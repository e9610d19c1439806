package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.worker.render.StillVideo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/// Ours in the bench of channels: from separated stems to all videos of a track, each time with a
/// new cover and a worker whose caches are empty. One thread.
final class ChannelsRound {
  private static final int FIRST_COVER = 1000;

  private final CatalogPlaces places;
  private final List<Channel> channels;
  private final BenchTrack track;
  private final StillVideo writer;
  private final ExecutorService pool;
  private final Map<String, List<Double>> parts = new LinkedHashMap<>();
  private int round;

  ChannelsRound(
      CatalogPlaces places,
      List<Channel> channels,
      BenchTrack track,
      StillVideo writer,
      ExecutorService pool) {
    this.places = places;
    this.channels = channels;
    this.track = track;
    this.writer = writer;
    this.pool = pool;
  }

  int channels() {
    return channels.size();
  }

  int videos() {
    return channels.stream().mapToInt(channel -> channel.stems().size()).sum();
  }

  /// Where the time of the rounds went, medians.
  Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    parts.forEach((name, values) -> medians.put(name, Rounds.median(values)));
    return medians;
  }

  /// Makes everything and returns the seconds that it took.
  double run() throws IOException {
    round++;
    AssetRef cover = BenchFrames.cover(track.folder(), FIRST_COVER + round);
    try (BenchWorker worker = BenchWorker.open(track, places, writer, pool)) {
      List<Job> jobs = new ArrayList<>();
      for (Channel channel : channels) {
        jobs.add(track.job("round-" + round, channel, cover, worker.model()));
      }
      double cpu = BenchPool.cpuSeconds();
      long start = System.nanoTime();
      worker.keep(jobs.getFirst(), track.stems());
      double encoded = since(start);
      double encodedCpu = BenchPool.cpuSeconds();
      List<Result> results = jobs.stream().map(worker::run).toList();
      double done = since(start);
      note("encode_seconds", encoded);
      note("encode_cpu_seconds", encodedCpu - cpu);
      note("jobs_seconds", done - encoded);
      note("cpu_seconds_per_video", (BenchPool.cpuSeconds() - encodedCpu) / videos());
      note(results);
      requireRight(worker, jobs, results);
      return done;
    }
  }

  private void requireRight(BenchWorker worker, List<Job> jobs, List<Result> results)
      throws IOException {
    for (int i = 0; i < jobs.size(); i++) {
      List<Path> videos =
          JobProof.videos(worker, jobs.get(i), results.get(i), track.stems().samples());
      long intra = VideoProof.intraBytes(videos.getFirst());
      VideoProof.requireThat(
          intra >= BenchFrames.LEAST_INTRA_BYTES, "the picture is too easy: " + intra + " bytes");
    }
  }

  private void note(List<Result> results) {
    Map<String, Double> stages = new LinkedHashMap<>();
    results.forEach(
        result ->
            result
                .stageSeconds()
                .forEach((stage, took) -> stages.merge(stage + "_seconds", took, Double::sum)));
    stages.forEach(this::note);
  }

  private void note(String part, double value) {
    parts.computeIfAbsent(part, _ -> new ArrayList<>()).add(value);
  }

  private static double since(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
