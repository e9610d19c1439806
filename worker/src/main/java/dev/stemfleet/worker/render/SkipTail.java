package dev.stemfleet.worker.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// The frames after an intra picture that only say "as before": they fit behind any intra picture
/// of the same settings. Immutable.
///
/// They are made from a flat grey picture. An encoder codes that without any error, so nothing is
/// left to correct in the following frames and they skip every block, whatever the first one
/// showed.
///
/// @param header the decoder configuration; an intra picture with another one cannot use this tail
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
record SkipTail(byte[] header, List<byte[]> samples) {
  private static final int TILES = 61;
  private static final int TILE_SIDE = 24;

  SkipTail {
    samples = List.copyOf(samples);
  }

  /// The tail of these settings, or nothing where the encoder's frames do not skip: tried out on
  /// two pictures that have nothing in common.
  static Optional<SkipTail> make(CoderSettings settings) {
    CodedGroup grey = VideoEncoder.group(settings, blank(settings), settings.groupLength());
    List<byte[]> samples = grey.samples().subList(1, grey.samples().size());
    SkipTail tail = new SkipTail(grey.header(), new ArrayList<>(samples));
    boolean holds =
        samples.size() == settings.groupLength() - 1
            && samples.stream().noneMatch(NalUnits::startsIdr)
            && tail.holdsBehind(settings, patchwork(settings, 1))
            && tail.holdsBehind(settings, patchwork(settings, 2));
    return holds ? Optional.of(tail) : Optional.empty();
  }

  /// The group that shows an intra picture's frame all the time, if the picture and the tail belong
  /// together.
  Optional<CodedGroup> behind(CodedGroup intra) {
    if (!Arrays.equals(intra.header(), header)) {
      return Optional.empty();
    }
    List<byte[]> all = new ArrayList<>(samples.size() + 1);
    all.add(intra.first());
    all.addAll(samples);
    return Optional.of(new CodedGroup(header, all));
  }

  private boolean holdsBehind(CoderSettings settings, Yuv420 picture) {
    return behind(VideoEncoder.group(settings, picture, 1)).filter(SkipTail::isStill).isPresent();
  }

  /// Whether all decoded frames of a group are bit for bit the first one.
  static boolean isStill(CodedGroup group) {
    List<byte[]> first = new ArrayList<>(1);
    int[] equal = new int[1];
    VideoDecoder.Frames compare =
        planes -> {
          if (first.isEmpty()) {
            first.add(planes.packed());
          }
          equal[0] += planes.equal(first.getFirst()) ? 1 : 0;
        };
    try (VideoDecoder decoder = new VideoDecoder(group.header())) {
      for (byte[] sample : group.samples()) {
        decoder.decode(sample, compare);
      }
      decoder.finish(compare);
    }
    return equal[0] == group.samples().size();
  }

  /// Coloured tiles with a little noise: something in every block, nothing that chokes an encoder.
  private static Yuv420 patchwork(CoderSettings settings, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Yuv420 picture = blank(settings);
    patch(picture.luma(), settings.width(), random);
    patch(picture.blue(), settings.width() / 2, random);
    patch(picture.red(), settings.width() / 2, random);
    return picture;
  }

  private static void patch(byte[] plane, int width, SplittableRandom random) {
    int[] tiles = random.ints(TILES, 48, 208).toArray();
    for (int i = 0; i < plane.length; i++) {
      int tile = (i % width / TILE_SIDE * 31 + i / width / TILE_SIDE * 17) % TILES;
      plane[i] = (byte) (tiles[tile] + (random.nextInt() & 7));
    }
  }

  private static Yuv420 blank(CoderSettings settings) {
    return Yuv420.grey(settings.width(), settings.height());
  }
}
