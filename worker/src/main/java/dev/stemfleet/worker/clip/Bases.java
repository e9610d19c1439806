package dev.stemfleet.worker.clip;

import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Picture;
import java.util.Optional;
import java.util.function.Supplier;

/// Gives the base of a track's frames: background and thumbnail, or a placeholder where the cover
/// cannot be used. Thread-safe.
final class Bases {
  private final ClipStores stores;
  private final ClipLoader loader;
  private final UnreadableCovers unreadableCovers = new UnreadableCovers();

  Bases(ClipStores stores, ClipLoader loader) {
    this.stores = stores;
    this.loader = loader;
  }

  /// @param coverWarning why a placeholder was drawn, if it was
  /// @param loop the bases of all frames, if the background is animated
  record Base(Picture picture, Optional<String> coverWarning, Optional<LoopClip> loop) {
    private Base because(Optional<String> warning) {
      return new Base(picture, warning, loop);
    }
  }

  /// What is asked for: by which job, for which track.
  record Wanted(Look look, Cover cover, String trackId, BaseDrawing drawing, LoadCounts counts) {
    Box thumbnailBox() {
      return look.layout().thumbnail().scaled(look.scale());
    }
  }

  Base base(Wanted wanted) {
    String cover = sha256(wanted.cover());
    Optional<String> reason =
        cover.isEmpty() ? Optional.of("the track has no cover") : unreadableCovers.reason(cover);
    if (reason.isEmpty()) {
      try {
        return withCover(wanted, cover);
      } catch (UnreadablePictureException e) {
        reason = Optional.of(String.valueOf(e.getMessage()));
        unreadableCovers.remember(cover, reason.get());
      }
    }
    return withPlaceholder(wanted)
        .because(reason.map(why -> "a placeholder stands for the cover: " + why));
  }

  private Base withCover(Wanted wanted, String sha256) {
    Box box = wanted.thumbnailBox();
    return base(wanted, sha256, () -> loader.cover(wanted.cover(), box.width(), box.height()));
  }

  private Base withPlaceholder(Wanted wanted) {
    Box box = wanted.thumbnailBox();
    return base(
        wanted,
        "placeholder:" + wanted.trackId(),
        () -> Placeholder.draw(wanted.trackId(), box.width(), box.height()));
  }

  private Base base(Wanted wanted, String thumbnail, Supplier<Picture> load) {
    Look look = wanted.look();
    Box box = wanted.thumbnailBox();
    LoadCounts counts = wanted.counts();
    String thumbnailKey = ClipKeys.clip(thumbnail, box.width(), box.height());
    String key = ClipKeys.base(look, thumbnailKey);
    Supplier<Picture> cover = () -> stores.of(ClipKind.THUMBNAIL).get(thumbnailKey, counts, load);
    Picture picture =
        stores
            .of(ClipKind.BASE)
            .get(
                key,
                counts,
                () -> wanted.drawing().draw(look, background(look, counts), cover.get()));
    LoopFiles loops = loader.loops();
    return loops.isLoop(look.background())
        ? new Base(
            picture, Optional.empty(), Optional.of(new LoopClip(loops, wanted, cover.get(), key)))
        : new Base(picture, Optional.empty(), Optional.empty());
  }

  private Picture background(Look look, LoadCounts counts) {
    int width = look.width();
    int height = look.height();
    return stores
        .of(ClipKind.BACKGROUND)
        .get(
            ClipKeys.clip(look.background().sha256(), width, height),
            counts,
            () -> loader.background(look.background(), width, height));
  }

  private static String sha256(Cover cover) {
    return switch (cover) {
      case Cover.Stored stored -> stored.picture().sha256();
      case Cover.Embedded embedded -> embedded.sha256();
      case Cover.None _ -> "";
    };
  }
}
