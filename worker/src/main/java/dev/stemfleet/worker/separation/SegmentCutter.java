package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.ModelSpec.Segments;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Cuts a mix into segments, in the order of their beginnings. With shifts it is cut several times
/// over, each time elsewhere; all passes go along the mix together. Used by the thread that reads.
final class SegmentCutter {
  private final MixWindow window;
  private final int segment;
  private final int stride;
  private final int border;
  private final float mean;
  private final float scale;
  private final PriorityQueue<Pass> passes =
      new PriorityQueue<>(Comparator.comparingLong(Pass::start));
  private @Nullable Cut before;

  /// @param start of the pass's next segment
  /// @param covered end of the one before
  private record Pass(long start, long covered) {}

  /// @param shifts how much earlier than the first pass each further one begins; each less than a
  ///   stride
  /// @param mean taken off the mix
  /// @param scale what is left is multiplied by that
  SegmentCutter(MixSource mix, Segments segments, List<Integer> shifts, float mean, float scale) {
    this.segment = segments.samples();
    this.stride = segments.strideSamples();
    this.border = segments.border().samples();
    this.mean = mean;
    this.scale = scale;
    int earliest = shifts.stream().mapToInt(Integer::intValue).max().orElse(0);
    this.window = new MixWindow(BorderedSource.of(mix, segments.border()), segment, -earliest);
    passes.add(new Pass(0, 0));
    shifts.forEach(shift -> passes.add(new Pass(-shift, 0)));
  }

  /// Cuts the next segment; false at the end of the mix. What is finished when a segment is joined
  /// is said in the one before, so a cut may be joined when the next was asked for.
  boolean cut(Cut cut) {
    while (!passes.isEmpty()) {
      Pass pass = passes.remove();
      window.moveTo(pass.start());
      if (window.end() > pass.covered()) {
        cut.take(window, mean, scale);
        follow(pass.start());
        before = cut;
        passes.add(new Pass(pass.start() + stride, pass.start() + segment));
        return true;
      }
    }
    follow(window.end());
    before = null;
    return false;
  }

  private void follow(long next) {
    if (before != null) {
      // Where the mix has not ended yet, it goes on beyond what the window shows.
      before.follow(border, Math.min(next, window.end() - border), next);
    }
  }
}
