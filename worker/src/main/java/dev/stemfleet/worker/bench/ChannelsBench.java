package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.render.StillVideo;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// All videos of a track whose stems were separated just now: the stems are checked and encoded,
/// then one job per shipped channel runs. Nothing else is known: every round has empty caches and
/// another cover. Beside it five `ffmpeg` programs encode the same stems at once.
@Command(name = "channels")
final class ChannelsBench implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String YARDSTICK = "ffmpeg audio encodes at once";
  private static final double SECONDS_PER_VIDEO = 0.1;
  private static final double WARM_UP_SECONDS = 20;

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "240")
  private double seconds = 240;

  @Option(names = "--channels", hidden = true, defaultValue = "6")
  private int count = 6;

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    List<Channel> channels =
        ChannelCatalog.load(new AssetFolder(places.assets())).channels().stream()
            .limit(count)
            .toList();
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        ExecutorService pool = BenchPool.open()) {
      StillVideo writer = prepared(channels);
      options.say("warming up");
      double warmUpSeconds = Math.min(seconds, WARM_UP_SECONDS);
      BenchTrack small =
          BenchTrack.make(Files.createDirectory(folder.path().resolve("small")), warmUpSeconds);
      new ChannelsRound(places, channels, small, writer, pool).run();
      options.say("playing a track of " + seconds + " s");
      BenchTrack track = BenchTrack.make(folder.path(), seconds);
      ChannelsRound ours = new ChannelsRound(places, channels, track, writer, pool);
      return options.print(measure(machine, track, ours));
    }
  }

  /// What a worker has made ready before its first job.
  private static StillVideo prepared(List<Channel> channels) {
    StillVideo writer = StillVideo.open();
    channels.stream()
        .map(Channel::look)
        .forEach(look -> writer.prepare(look.width(), look.height(), look.framesPerSecond()));
    return writer;
  }

  private BenchResult measure(Machine machine, BenchTrack track, ChannelsRound ours)
      throws Exception {
    options.say("measuring " + options.rounds() + " rounds");
    AudioYardstick yardstick = new AudioYardstick(track);
    Rounds rounds =
        Rounds.run(
            options.rounds(),
            List.of(
                new Contender(OURS, ours::run), Contender.timed(YARDSTICK, yardstick::encodeAll)));
    double allowed = ours.videos() * SECONDS_PER_VIDEO / BenchPool.cores();
    List<Double> bounds =
        Objects.requireNonNull(rounds.seconds().get(YARDSTICK)).stream()
            .map(s -> s + allowed)
            .toList();
    Map<String, List<Double>> seconds = new LinkedHashMap<>(rounds.seconds());
    seconds.put("bound", bounds);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", new Rounds(seconds).ratio(OURS, "bound"));
    figures.put("seconds", rounds.median(OURS));
    figures.put("bound_seconds", Rounds.median(bounds));
    figures.put("yardstick_seconds", rounds.median(YARDSTICK));
    figures.put("videos", (double) ours.videos());
    figures.putAll(ours.medians());
    return new BenchResult(
        "channels",
        "%d channels x %d stems of %.0f s, stems in memory as floats, caches empty; yardstick: ffmpeg encodes the %2$d stems at once (%s), plus %.1f s per video and core"
            .formatted(
                ours.channels(),
                BenchStems.STEMS.size(),
                this.seconds,
                KnownStems.soundOfVideos().settings(),
                SECONDS_PER_VIDEO),
        figures,
        List.of(Target.atMost("ratio", 1)),
        seconds,
        machine);
  }
}
