package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A frame on its way to the encoder, cut as that will cut it, each slice named by the digest of
/// what it shows. Frames follow each other with few differences: where one shows what the one
/// before showed, it is neither converted nor digested again. One thread.
final class SlicedFrame {
  private final CoderSettings settings;
  private final Picture frame;
  private final Yuv420 planes;
  private final boolean[] converted;
  private final List<String> digests = new ArrayList<>();

  /// What is remembered of a frame. Immutable.
  ///
  /// @param digests one per slice
  record Seen(CoderSettings settings, Picture frame, List<String> digests) {
    Seen {
      digests = List.copyOf(digests);
    }

    private boolean shows(Picture other, int fromRow, int toRow) {
      int from = fromRow * frame.width();
      int to = toRow * frame.width();
      return Arrays.equals(frame.argb(), from, to, other.argb(), from, to);
    }
  }

  /// @param before any other frame, if there is one
  SlicedFrame(CoderSettings settings, Picture frame, @Nullable Seen before) {
    this.settings = settings;
    this.frame = frame;
    this.planes = Yuv420.grey(settings.width(), settings.height());
    this.converted = new boolean[settings.slices()];
    Seen alike = before != null && before.settings().equals(settings) ? before : null;
    for (int slice = 0; slice < settings.slices(); slice++) {
      int from = settings.firstRow(slice);
      int to = settings.firstRow(slice + 1);
      if (alike != null && alike.shows(frame, from, to)) {
        digests.add(alike.digests().get(slice));
      } else {
        convert(slice);
        digests.add(planes.sha256(from, to));
      }
    }
  }

  CoderSettings settings() {
    return settings;
  }

  List<String> digests() {
    return digests;
  }

  Seen seen() {
    return new Seen(settings, frame, digests);
  }

  /// The frame as its encoder takes it, flat grey but for some of the slices. Called once.
  Yuv420 only(List<Integer> slices) {
    for (int slice = 0; slice < converted.length; slice++) {
      boolean wanted = slices.contains(slice);
      if (wanted && !converted[slice]) {
        convert(slice);
      } else if (!wanted && converted[slice]) {
        planes.turnGrey(settings.firstRow(slice), settings.firstRow(slice + 1));
      }
    }
    return planes;
  }

  private void convert(int slice) {
    planes.show(frame, settings.firstRow(slice), settings.firstRow(slice + 1));
    converted[slice] = true;
  }
}
