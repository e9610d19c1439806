package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Look;
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
/// before. One thread.
final class BenchFrames {
  /// No picture that is measured codes to less.
  static final long LEAST_INTRA_BYTES = 500_000;

  static final double LEAST_DECIBELS = 45;
  static final int COVER_SIDE = 1080;

  private final Look look;
  private final Picture cover;
  private final FrameClips clips;
  private final Picture icon;
  private int drawn;

  /// @param assets where the channel's pictures lie
  BenchFrames(Channel channel, Path assets) {
    this.look = channel.look();
    Box box = look.layout().thumbnail().scaled(look.scale());
    this.cover = BusyPicture.draw(box.width(), box.height(), 1);
    Stem stem = channel.stems().getFirst();
    CacheBudgets budgets = CacheBudgets.forVideosUpTo(look.width(), look.height());
    try (ClipCaches caches = ClipCaches.open(budgets, asset -> assets.resolve(asset.name()))) {
      this.clips =
          caches.hold(
              look, new Cover.None(), "bench", List.of(stem), FrameDrawing::base, new LoadCounts());
    }
    this.icon = Objects.requireNonNull(clips.icons().get(stem));
  }

  /// A frame whose cover is another part of the same busy picture.
  Picture next() {
    Box box = look.layout().thumbnail().scaled(look.scale());
    int[] argb = clips.base().argb().clone();
    drawn++;
    for (int y = 0; y < box.height(); y++) {
      int from = (y + 7 * drawn) % box.height() * box.width();
      int to = (box.y() + y) * look.width() + box.x();
      System.arraycopy(cover.argb(), from, argb, to, box.width());
    }
    Picture base = new Picture(look.width(), look.height(), argb);
    return FrameDrawing.frame(look, base, clips.watermark(), icon);
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
}
