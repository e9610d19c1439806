package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.clip.Cover;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.render.FrameDrawing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Draws frames of a shipped channel, each with another busy cover, so that no picture was seen
/// before. One thread; whoever made it closes it.
final class BenchFrames implements AutoCloseable {
  /// No picture that is measured codes to less.
  static final long LEAST_INTRA_BYTES = 500_000;

  static final double LEAST_DECIBELS = 45;
  static final int COVER_SIDE = 1080;

  private final Channel channel;
  private final Path covers;
  private final ClipCaches clips;
  private int drawn;

  /// @param assets where the channel's pictures lie
  /// @param covers a folder for covers
  BenchFrames(Channel channel, Path assets, Path covers) {
    this.channel = channel;
    this.covers = covers;
    CacheBudgets budgets =
        CacheBudgets.forVideosUpTo(channel.look().width(), channel.look().height());
    this.clips =
        ClipCaches.open(
            budgets,
            asset -> (asset.name().startsWith("cover-") ? covers : assets).resolve(asset.name()));
  }

  Picture next() throws IOException {
    Cover cover = new Cover.Stored(cover(covers, drawn++));
    Stem stem = channel.stems().getFirst();
    FrameClips held =
        clips.hold(
            channel.look(), cover, "bench", List.of(stem), FrameDrawing::base, new LoadCounts());
    return FrameDrawing.frame(
        channel.look(),
        held.base(),
        held.watermark(),
        Objects.requireNonNull(held.icons().get(stem)));
  }

  /// Draws a busy cover and puts it into a folder.
  static AssetRef cover(Path folder, int seed) throws IOException {
    String name = "cover-" + seed + ".png";
    BusyPicture.write(BusyPicture.draw(COVER_SIDE, COVER_SIDE, seed), folder.resolve(name));
    return new AssetRef(name, Sha256.ofFile(folder.resolve(name)));
  }

  /// @param frame that the video should show
  /// @throws dev.stemfleet.common.bench.BenchFailure if its picture is too easy or too coarse
  static void requireBusy(Path video, Picture frame) {
    long bytes = VideoProof.intraBytes(video);
    VideoProof.requireThat(
        bytes >= LEAST_INTRA_BYTES, "the picture is too easy: it codes to " + bytes + " bytes");
    double decibels = VideoProof.lumaDecibels(video, frame, 1);
    VideoProof.requireThat(
        decibels >= LEAST_DECIBELS, "the picture is too coarse: " + decibels + " dB");
  }

  @Override
  public void close() {
    clips.close();
  }
}
