package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoopClip;
import dev.stemfleet.worker.render.FrameDrawing;
import dev.stemfleet.worker.render.MovingPicture;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The frames of one stem over an animated background: each base of the loop with watermark and
/// icon on it. One thread, as [MovingPicture.Frames] says.
public final class MovingFrames implements MovingPicture.Frames {
  private final LoopClip.Run bases;
  private final Look look;
  private final Picture watermark;
  private final Picture icon;

  private MovingFrames(LoopClip.Run bases, Look look, Picture watermark, Picture icon) {
    this.bases = bases;
    this.look = look;
    this.watermark = watermark;
    this.icon = icon;
  }

  /// @param clips that the job holds
  /// @param loop of those
  public static MovingPicture of(Look look, FrameClips clips, LoopClip loop, Stem stem) {
    AssetRef icon = Objects.requireNonNull(look.icons().get(stem), stem.key());
    String key =
        new Fingerprint("moving picture")
            .with("bases", loop.key())
            .with("watermark", look.watermark().sha256())
            .with("icon", icon.sha256())
            .with("layout", look.layout())
            .hex();
    return new MovingPicture(
        key,
        look.width(),
        look.height(),
        () -> new MovingFrames(loop.open(), look, clips.watermark(), clips.icon(stem)));
  }

  @Override
  public @Nullable Picture next() {
    Picture base = bases.next();
    return base == null ? null : FrameDrawing.frame(look, base, watermark, icon);
  }

  @Override
  public void close() {
    bases.close();
  }
}
