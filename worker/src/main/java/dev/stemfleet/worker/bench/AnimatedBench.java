package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.render.VideoFacts;
import dev.stemfleet.worker.render.VideoTags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One stem, already encoded, a new cover and an animated background to a finished video: ours,
/// which composes and encodes one loop, and the `ffmpeg` program, which encodes every frame at the
/// same quality.
@Command(name = "animated")
final class AnimatedBench implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String YARDSTICK = "ffmpeg -stream_loop";
  private static final VideoTags TAGS = new VideoTags("A Title", "An Artist", "");

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "240")
  private double seconds = 240;

  @Option(names = "--loop-seconds", hidden = true, defaultValue = "5")
  private double loopSeconds = 5;

  @Option(names = "--channel", hidden = true, defaultValue = "main")
  private String channelKey = "main";

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    try (BenchFolder folder = new BenchFolder(options.workFolder())) {
      options.say("drawing a loop of " + loopSeconds + " s");
      try (BenchLoop loop =
          BenchLoop.make(channel(), loopSeconds, places.assets(), folder.path())) {
        return options.print(measure(machine, loop, folder.path()));
      }
    }
  }

  private Channel channel() {
    return ChannelCatalog.load(new AssetFolder(places.assets()))
        .named(channelKey)
        .orElseThrow(() -> new IllegalArgumentException("--channel: there is no " + channelKey));
  }

  private BenchResult measure(Machine machine, BenchLoop loop, Path folder) throws Exception {
    options.say("playing and encoding a stem of " + seconds + " s");
    EncodedAudio sound =
        BenchStems.play(seconds).encode(Stem.INSTRUMENTAL, folder.resolve("stem.m4a"));
    Path out = folder.resolve("ours.mp4");
    Path theirs = folder.resolve("yardstick.mp4");
    StillVideo writer = StillVideo.open();
    AssetRef cover = loop.nextCover();
    VideoFacts warm = write(writer, loop, cover, sound, out);
    int loopFrames = (int) Math.round(loopSeconds * warm.framesPerSecond());
    LoopProof.requireRepeated(out, loopFrames);
    double decibels = LoopProof.lumaDecibels(out, loop.moving(cover));
    options.say("looking for the yardstick's setting");
    LoopYardstick yardstick =
        LoopYardstick.asGoodAs(
            decibels, loop.look(), loop.file(), folder.resolve(cover.name()), theirs);

    options.say("measuring " + options.rounds() + " rounds");
    Rounds rounds =
        Rounds.run(
            options.rounds(),
            List.of(
                new Contender(OURS, () -> timed(writer, loop, sound, out)),
                Contender.timed(YARDSTICK, () -> yardstick.write(sound.file(), seconds, theirs))));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", rounds.ratio(YARDSTICK, OURS));
    figures.put("seconds", rounds.median(OURS));
    figures.put("yardstick_seconds", rounds.median(YARDSTICK));
    figures.put("milliseconds_per_loop_frame", 1000 * rounds.median(OURS) / loopFrames);
    figures.put("luma_psnr_db", decibels);
    figures.put("yardstick_luma_psnr_db", yardstick.decibels(folder.resolve("trial.mp4")));
    figures.put("file_bytes", (double) Files.size(out));
    figures.put("yardstick_file_bytes", (double) Files.size(theirs));
    return new BenchResult(
        "animated",
        "%.0f s over a busy loop of %.0f s, one encoded stem and a new cover to a finished MP4 with its sha256; yardstick %s, the setting with the nearest PSNR"
            .formatted(seconds, loopSeconds, yardstick.words()),
        figures,
        List.of(),
        rounds.seconds(),
        machine);
  }

  /// With a cover that was never seen, which is drawn before the clock runs.
  private double timed(StillVideo writer, BenchLoop loop, EncodedAudio sound, Path out)
      throws IOException {
    AssetRef cover = loop.nextCover();
    long start = System.nanoTime();
    VideoFacts facts = write(writer, loop, cover, sound, out);
    double took = (System.nanoTime() - start) / 1e9;
    long frames = Math.ceilDiv(sound.samples() * facts.framesPerSecond(), sound.sampleRateHz());
    VideoProof.require(out, new VideoProof.Expected(frames, facts.sha256()));
    return took;
  }

  private static VideoFacts write(
      StillVideo writer, BenchLoop loop, AssetRef cover, EncodedAudio sound, Path out) {
    int rate = loop.look().framesPerSecond();
    VideoFacts facts =
        writer.write(writer.loop(loop.moving(cover), rate), sound, TAGS, out, Progress.NONE);
    if (!facts.repeated()) {
      throw new BenchFailure("the loop of " + out + " was not repeated");
    }
    return facts;
  }
}
