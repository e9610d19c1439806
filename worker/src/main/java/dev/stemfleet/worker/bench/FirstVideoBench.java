package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.audio.SoundFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How soon a long track's videos are complete once the network has seen all of it: a whole job of
/// the worker, without a queue.
@Command(name = "first-video")
final class FirstVideoBench implements Callable<Integer> {
  private static final String FIRST = "first video after the last inference";
  private static final String ALL = "all videos after the last inference";
  private static final String JOB = "the whole job";
  private static final double FIRST_SECONDS = 0.5;
  private static final double ALL_SECONDS = 2;

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "600")
  private double seconds = 600;

  @Option(names = "--warm-up-seconds", hidden = true, defaultValue = "60")
  private double warmUpSeconds = 60;

  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        SeparatingWorker worker = new SeparatingWorker(places, folder.path())) {
      AssetRef cover = BenchFrames.cover(folder.path(), 1);
      options.say("playing a track of " + seconds + " s");
      Job warmUp = job("warm-up", folder.path(), cover, worker.model(), warmUpSeconds);
      Job job = job("track", folder.path(), cover, worker.model(), seconds);
      options.say("warming up");
      for (int i = 0; i < 2; i++) {
        run(worker, warmUp);
      }
      times.clear();
      for (int round = 0; round < options.rounds(); round++) {
        options.say("round " + (round + 1));
        run(worker, job);
      }
      return options.print(result(machine));
    }
  }

  private Job job(String name, Path folder, AssetRef cover, ModelSpec model, double length)
      throws IOException {
    String file = name + ".flac";
    EncodedAudio sound = BandTrack.write(folder.resolve(file), SoundFormat.FLAC, length);
    Track track =
        new Track(
            Identity.trackId(sound.sha256()),
            new Source.InRoot(BenchTrack.ROOT, file),
            sound.sha256(),
            sound.bytes(),
            sound.seconds(),
            "A Title",
            "An Artist",
            124.0,
            "Am",
            "House",
            cover,
            Trim.NONE);
    Channel channel = ChannelCatalog.load(new AssetFolder(places.assets())).channels().getFirst();
    return new Job(
        Schema.VERSION,
        Identity.jobId(name, track.id(), channel.key()),
        name,
        "01900000-0000-7000-8000-000000000000",
        Clock.systemUTC().instant(),
        track,
        channel,
        model.ref(),
        List.of(Product.VIDEO),
        null,
        name + "/" + Naming.folder(channel) + "/" + Naming.folder(track),
        List.of());
  }

  private void run(SeparatingWorker worker, Job job) throws IOException {
    LastInference last = new LastInference();
    long start = System.nanoTime();
    Result result = worker.run(job, last);
    keep(JOB, (System.nanoTime() - start) / 1e9);
    List<Instant> finished = new ArrayList<>();
    for (OutputFile file : result.files()) {
      if (file.product() == Product.VIDEO) {
        Path video = worker.out().resolve(file.path());
        // The last byte was written then; what moves a file leaves that as it is.
        finished.add(Files.getLastModifiedTime(video).toInstant());
        VideoProof.require(video, new VideoProof.Expected(frames(job), file.sha256()));
      }
    }
    VideoProof.requireThat(
        finished.size() == job.channel().stems().size(), "videos are missing: " + result.files());
    keep(FIRST, last.until(finished.stream().min(Instant::compareTo).orElseThrow()));
    keep(ALL, last.until(finished.stream().max(Instant::compareTo).orElseThrow()));
  }

  private static long frames(Job job) {
    long samples = Sound.samples(Objects.requireNonNull(job.track().seconds()));
    return Math.ceilDiv(samples * job.channel().look().framesPerSecond(), Sound.RATE_HZ);
  }

  private void keep(String name, double value) {
    times.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  private BenchResult result(Machine machine) {
    Rounds rounds = new Rounds(times);
    Map<String, Double> figures = new LinkedHashMap<>();
    double first = rounds.median(FIRST);
    double all = rounds.median(ALL);
    figures.put("ratio", Math.max(first / FIRST_SECONDS, all / ALL_SECONDS));
    figures.put("first_video_seconds", first);
    figures.put("all_videos_seconds", all);
    figures.put("seconds", rounds.median(JOB));
    return new BenchResult(
        "first-video",
        "a track of " + seconds + " s, five videos, counted from the end of the last inference",
        figures,
        List.of(
            Target.atMost("ratio", 1),
            Target.atMost("first_video_seconds", FIRST_SECONDS),
            Target.atMost("all_videos_seconds", ALL_SECONDS)),
        times,
        machine);
  }
}
