package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.clip.Cover;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.job.MovingFrames;
import dev.stemfleet.worker.render.FrameDrawing;
import dev.stemfleet.worker.render.MovingPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A channel whose background is a busy loop, and covers that nobody has seen. One thread; whoever
/// made it closes it.
final class BenchLoop implements AutoCloseable {
  static final String NAME = "loop.mp4";

  /// The camera glides this many pixels with each frame.
  private static final int GLIDE = 4;

  private final Look look;
  private final Stem stem;
  private final Path folder;
  private final ClipCaches clips;
  private int covers;

  private BenchLoop(Look look, Stem stem, Path folder, ClipCaches clips) {
    this.look = look;
    this.stem = stem;
    this.folder = folder;
    this.clips = clips;
  }

  /// @param channel whose look is taken, but for the background
  /// @param assets where the channel's other pictures lie
  /// @param folder for loop and covers
  static BenchLoop make(Channel channel, double seconds, Path assets, Path folder)
      throws IOException {
    Look still = channel.look();
    write(still, seconds, folder);
    AssetRef loop = new AssetRef(NAME, Sha256.ofFile(folder.resolve(NAME)));
    Look look =
        new Look(
            still.width(),
            still.height(),
            still.framesPerSecond(),
            still.layout(),
            still.tint(),
            loop,
            still.watermark(),
            still.icons());
    ClipCaches clips =
        ClipCaches.open(
            CacheBudgets.forVideosUpTo(look.width(), look.height()),
            asset -> (isOurs(asset) ? folder : assets).resolve(asset.name()));
    return new BenchLoop(look, channel.stems().getFirst(), folder, clips);
  }

  private static boolean isOurs(AssetRef asset) {
    return asset.name().equals(NAME) || asset.name().startsWith("cover-");
  }

  private static void write(Look look, double seconds, Path folder) throws IOException {
    int frames = (int) Math.round(seconds * look.framesPerSecond());
    Path wide = folder.resolve("wide.png");
    BusyPicture.write(
        BusyPicture.draw(look.width() + GLIDE * frames, look.height(), 20_260_508), wide);
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-y",
            "-loop",
            1,
            "-framerate",
            look.framesPerSecond(),
            "-i",
            wide,
            "-frames:v",
            frames,
            "-vf",
            String.format(
                Locale.ROOT,
                "crop=%d:%d:n*%d:0,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
                look.width(),
                look.height(),
                GLIDE),
            "-c:v",
            "mpeg4",
            "-q:v",
            2,
            folder.resolve(NAME));
  }

  Look look() {
    return look;
  }

  Path file() {
    return folder.resolve(NAME);
  }

  /// Draws another cover.
  AssetRef nextCover() throws IOException {
    return BenchFrames.cover(folder, covers++);
  }

  /// What a job does to get at the frames of a stem.
  MovingPicture moving(AssetRef cover) {
    FrameClips held =
        clips.hold(
            look,
            new Cover.Stored(cover),
            "bench",
            List.of(stem),
            FrameDrawing::base,
            new LoadCounts());
    return MovingFrames.of(look, held, held.loop().orElseThrow(), stem);
  }

  @Override
  public void close() {
    clips.close();
  }
}
