package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.render.StillVideo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One more channel of a track that the worker knows, beside single still videos made one after the
/// other in the same run.
@Command(name = "extra-channel")
final class ExtraChannelBench implements Callable<Integer> {
  private static final String OURS = "one more channel";
  private static final String STILL = "one still video";
  private static final String FIRST_KEY = "main";
  private static final List<String> MORE_KEYS = List.of("backup", "acapellas", "drums");
  private static final int WARM_UPS = 3;

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "240")
  private double seconds = 240;

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        ExecutorService pool = BenchPool.open()) {
      options.say("playing and encoding a track of " + seconds + " s");
      BenchTrack track = BenchTrack.make(folder.path(), seconds);
      StillVideo writer = StillVideo.open();
      try (BenchWorker worker = BenchWorker.open(track, places, writer, pool);
          BenchFrames frames =
              new BenchFrames(channel(FIRST_KEY), places.assets(), folder.path())) {
        MoreChannels ours =
            new MoreChannels(
                worker, track, channel(FIRST_KEY), MORE_KEYS.stream().map(this::channel).toList());
        StillMaker still =
            new StillMaker(
                writer,
                channel(FIRST_KEY).look(),
                track.stems().encode(Stem.INSTRUMENTAL, folder.path().resolve("stem.m4a")),
                folder.path().resolve("still.mp4"));
        return options.print(measure(machine, ours, still, frames));
      }
    }
  }

  private Channel channel(String key) {
    return ChannelCatalog.load(new AssetFolder(places.assets())).channels().stream()
        .filter(channel -> channel.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no channel " + key));
  }

  private BenchResult measure(
      Machine machine, MoreChannels ours, StillMaker still, BenchFrames frames) throws Exception {
    List<Contender> contenders =
        List.of(
            new Contender(OURS, ours::addOne),
            new Contender(STILL, () -> median(still, frames, ours.videos())));
    options.say("warming up");
    Rounds.run(WARM_UPS, contenders);
    options.say("measuring " + options.rounds() + " rounds");
    Rounds rounds = Rounds.run(options.rounds(), contenders);
    still.requireRight();
    double bound = ours.videos() * rounds.median(STILL) / BenchPool.cores();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", rounds.median(OURS) / bound);
    figures.put("seconds", rounds.median(OURS));
    figures.put("bound_seconds", bound);
    figures.put("still_video_seconds", rounds.median(STILL));
    figures.put("videos", (double) ours.videos());
    figures.putAll(ours.medians());
    return new BenchResult(
        "extra-channel",
        "one more channel of a track of %.0f s whose stems are in the store: %d videos by a whole job, to %2$d times a single still video (a new frame each) divided by %d cores"
            .formatted(seconds, ours.videos(), BenchPool.cores()),
        figures,
        List.of(
            Target.atMost("ratio", 1.3),
            Target.atMost("separations", 0),
            Target.atMost("audio_encodes", 0)),
        rounds.seconds(),
        machine);
  }

  private static double median(StillMaker still, BenchFrames frames, int count) throws Exception {
    List<Double> times = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(still.write(frames.next()));
    }
    return Rounds.median(times);
  }
}
