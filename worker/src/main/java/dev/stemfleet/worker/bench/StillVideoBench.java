package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.worker.render.StillVideo;
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

/// One stem, already encoded, and a drawn frame to a finished video: ours, the `ffmpeg` program
/// that encodes a looped picture at the same quality, and `ffmpeg` that only copies a finished
/// video.
@Command(name = "still-video")
final class StillVideoBench implements Callable<Integer> {
  private static final String OURS = "ours";
  private static final String YARDSTICK = "ffmpeg -loop 1";
  private static final String COPY = "ffmpeg -c copy";
  private static final int WARM_UPS = 12;

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "240")
  private double seconds = 240;

  @Option(names = "--channel", hidden = true, defaultValue = "main")
  private String channelKey = "main";

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    try (BenchFolder folder = new BenchFolder(options.workFolder())) {
      Channel channel = channel();
      try (BenchFrames frames = new BenchFrames(channel, places.assets(), folder.path())) {
        return options.print(measure(machine, channel.look(), frames, folder.path()));
      }
    }
  }

  private Channel channel() {
    return ChannelCatalog.load(new AssetFolder(places.assets())).channels().stream()
        .filter(channel -> channel.isNamed(channelKey))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("--channel: there is no " + channelKey));
  }

  private BenchResult measure(Machine machine, Look look, BenchFrames frames, Path folder)
      throws Exception {
    options.say("playing and encoding a stem of " + seconds + " s");
    EncodedAudio sound =
        BenchStems.play(seconds).encode(Stem.INSTRUMENTAL, folder.resolve("stem.m4a"));
    StillMaker ours = new StillMaker(StillVideo.open(), look, sound, folder.resolve("ours.mp4"));
    for (int i = 0; i < WARM_UPS; i++) {
      ours.write(frames.next());
    }
    Picture frame = frames.next();
    Path png = folder.resolve("frame.png");
    BusyPicture.write(frame, png);
    ours.write(frame);
    BenchFrames.requireBusy(ours.out(), frame);
    Path finished = Files.copy(ours.out(), folder.resolve("finished.mp4"));
    double decibels = VideoProof.lumaDecibels(finished, frame, 1);
    options.say("looking for the yardstick's setting");
    int rate = look.framesPerSecond();
    Path theirs = folder.resolve("yardstick.mp4");
    StillYardstick yardstick = StillYardstick.asGoodAs(decibels, frame, png, rate, theirs);

    options.say("measuring " + options.rounds() + " rounds");
    Rounds rounds =
        Rounds.run(
            options.rounds(),
            List.of(
                new Contender(OURS, () -> ours.write(frames.next())),
                Contender.timed(YARDSTICK, () -> yardstick.write(png, rate, sound.file(), theirs)),
                Contender.timed(COPY, () -> copy(finished, folder.resolve("copy.mp4")))));
    ours.requireRight();
    return result(
        machine,
        yardstick,
        rounds,
        figures(rounds, ours, decibels, VideoProof.lumaDecibels(theirs, frame, 24), theirs));
  }

  private Map<String, Double> figures(
      Rounds rounds, StillMaker ours, double decibels, double yardstickDecibels, Path theirs)
      throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", rounds.ratio(YARDSTICK, OURS));
    figures.put("seconds", rounds.median(OURS));
    figures.put("yardstick_seconds", rounds.median(YARDSTICK));
    figures.put("copy_seconds", rounds.median(COPY));
    figures.put("ratio_to_copy", rounds.ratio(COPY, OURS));
    figures.put("luma_psnr_db", decibels);
    figures.put("yardstick_luma_psnr_db", yardstickDecibels);
    figures.put("intra_picture_bytes", (double) VideoProof.intraBytes(ours.out()));
    figures.put("file_bytes", (double) Files.size(ours.out()));
    figures.put("yardstick_file_bytes", (double) Files.size(theirs));
    return figures;
  }

  private BenchResult result(
      Machine machine, StillYardstick yardstick, Rounds rounds, Map<String, Double> figures) {
    return new BenchResult(
        "still-video",
        "%.0f s, one encoded stem and a new drawn frame to a finished MP4 with its sha256; yardstick %s, the setting with the nearest PSNR"
            .formatted(seconds, yardstick.words()),
        figures,
        List.of(Target.atLeast("ratio", 200)),
        rounds.seconds(),
        machine);
  }

  private static void copy(Path finished, Path out) {
    FfmpegProgram.ffmpeg()
        .run("-v", "error", "-y", "-i", finished, "-c", "copy", "-movflags", "+faststart", out);
  }
}
