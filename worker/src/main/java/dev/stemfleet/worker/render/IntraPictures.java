package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Picture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Codes intra pictures in slices, bands of rows that decode without each other, and keeps the
/// slices: where two pictures show the same, it is coded once. The frames of a track's stems differ
/// in the slice with the icon, those of its channels in the one with the watermark. Thread-safe:
/// whoever needs a slice that another thread codes waits for it.
///
/// What is known already is flat grey in the picture that the encoder gets, which costs it next to
/// nothing. At a constant quantizer a slice's bytes depend on nothing outside of it, so what is put
/// together is to the byte what the whole picture would have become.
final class IntraPictures {
  private static final int SLICES_KEPT = 256;

  /// Empty where coding failed; then the slice is not kept.
  private final Map<Key, CompletableFuture<Optional<Slice>>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Key, CompletableFuture<Optional<Slice>>> eldest) {
          return size() > SLICES_KEPT;
        }
      };

  private volatile SlicedFrame.@Nullable Seen last;

  /// @param shown digest of the slice's part of the picture
  private record Key(CoderSettings settings, int slice, String shown) {}

  /// @param header the decoder configuration that it needs
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
  private record Slice(byte[] header, byte[] bytes) {}

  /// The slices of a frame.
  ///
  /// @param mine those that this thread codes, all others wait for it
  private record Claim(
      List<Key> keys, List<CompletableFuture<Optional<Slice>>> slices, List<Integer> mine) {}

  /// A group of one picture.
  ///
  /// @param settings for pictures in slices, see [CoderSettings#inSlices]
  /// @param frame opaque
  CodedGroup code(CoderSettings settings, Picture frame) {
    SlicedFrame sliced = new SlicedFrame(settings, frame, last);
    last = sliced.seen();
    Claim claim = claim(sliced);
    if (!claim.mine().isEmpty()) {
      codeMine(claim, sliced);
    }
    // Nobody waits for others before its own are coded, so nobody waits in a circle.
    List<Slice> slices =
        claim.slices().stream().map(CompletableFuture::join).flatMap(Optional::stream).toList();
    return slices.size() == claim.keys().size()
        ? joined(slices)
        : VideoEncoder.group(settings, Yuv420.of(frame), 1);
  }

  private synchronized Claim claim(SlicedFrame sliced) {
    Claim claim = new Claim(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int slice = 0; slice < sliced.digests().size(); slice++) {
      Key key = new Key(sliced.settings(), slice, sliced.digests().get(slice));
      CompletableFuture<Optional<Slice>> one = known.get(key);
      if (one == null) {
        one = new CompletableFuture<>();
        known.put(key, one);
        claim.mine().add(slice);
      }
      claim.keys().add(key);
      claim.slices().add(one);
    }
    return claim;
  }

  private void codeMine(Claim claim, SlicedFrame sliced) {
    try {
      CodedGroup coded = VideoEncoder.group(sliced.settings(), sliced.only(claim.mine()), 1);
      List<byte[]> units = NalUnits.unitsOf(coded.first());
      // Else the encoder does not cut pictures as it was told.
      if (units.size() == claim.keys().size()) {
        for (int slice : claim.mine()) {
          Slice made = new Slice(coded.header(), units.get(slice));
          claim.slices().get(slice).complete(Optional.of(made));
        }
      }
    } finally {
      claim.mine().forEach(slice -> giveUp(claim.keys().get(slice), claim.slices().get(slice)));
    }
  }

  /// Lets a slice go that was not coded.
  private synchronized void giveUp(Key key, CompletableFuture<Optional<Slice>> slice) {
    if (slice.complete(Optional.empty())) {
      known.remove(key, slice);
    }
  }

  private static CodedGroup joined(List<Slice> slices) {
    int bytes = slices.stream().mapToInt(slice -> Integer.BYTES + slice.bytes().length).sum();
    ByteBuffer sample = ByteBuffer.allocate(bytes);
    slices.forEach(slice -> sample.putInt(slice.bytes().length).put(slice.bytes()));
    return new CodedGroup(slices.getLast().header(), List.of(sample.array()));
  }
}
