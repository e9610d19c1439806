package dev.stemfleet.worker.render;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Codes intra pictures in slices, bands of rows that decode without each other, and keeps the
/// slices: where two pictures show the same, it is coded once. The frames of a track's stems differ
/// in the slice with the icon, those of its channels in the one with the watermark. Thread-safe.
///
/// What is known already is flat grey in the picture that the encoder gets, which costs it next to
/// nothing. At a constant quantizer a slice's bytes depend on nothing outside of it, so what is put
/// together is to the byte what the whole picture would have become.
final class IntraPictures {
  private static final int SLICES_KEPT = 256;

  private final Map<Key, Slice> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Slice> eldest) {
          return size() > SLICES_KEPT;
        }
      };

  /// @param shown digest of the slice's part of the picture
  private record Key(CoderSettings settings, int slice, String shown) {}

  /// @param header the decoder configuration that it needs
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
  private record Slice(byte[] header, byte[] bytes) {}

  /// A group of one picture.
  ///
  /// @param settings for pictures in slices, see [CoderSettings#inSlices]
  CodedGroup code(CoderSettings settings, Yuv420 picture) {
    List<Key> keys = new ArrayList<>();
    for (int slice = 0; slice < settings.slices(); slice++) {
      String shown = picture.sha256(settings.firstRow(slice), settings.firstRow(slice + 1));
      keys.add(new Key(settings, slice, shown));
    }
    List<@Nullable Slice> slices = lookUp(keys);
    if (slices.contains(null) && !codeMissing(keys, slices, picture)) {
      return VideoEncoder.group(settings, picture, 1);
    }
    return joined(slices);
  }

  private synchronized List<@Nullable Slice> lookUp(List<Key> keys) {
    List<@Nullable Slice> slices = new ArrayList<>();
    keys.forEach(key -> slices.add(known.get(key)));
    return slices;
  }

  /// @return false if the encoder does not cut pictures as it was told
  private boolean codeMissing(List<Key> keys, List<@Nullable Slice> slices, Yuv420 picture) {
    CoderSettings settings = keys.getFirst().settings();
    Yuv420 wanted = slices.stream().allMatch(Objects::isNull) ? picture : picture.copy();
    for (Key key : keys) {
      if (slices.get(key.slice()) != null) {
        wanted.turnGrey(settings.firstRow(key.slice()), settings.firstRow(key.slice() + 1));
      }
    }
    CodedGroup coded = VideoEncoder.group(settings, wanted, 1);
    List<byte[]> units = NalUnits.unitsOf(coded.first());
    if (units.size() != keys.size()) {
      return false;
    }
    synchronized (this) {
      for (Key key : keys) {
        if (slices.get(key.slice()) == null) {
          Slice made = new Slice(coded.header(), units.get(key.slice()));
          slices.set(key.slice(), made);
          known.put(key, made);
        }
      }
    }
    return true;
  }

  private static CodedGroup joined(List<@Nullable Slice> slices) {
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    byte[] header = new byte[0];
    for (Slice slice : slices) {
      if (slice != null) {
        header = slice.header();
        sample.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(slice.bytes().length).array());
        sample.writeBytes(slice.bytes());
      }
    }
    return new CodedGroup(header, List.of(sample.toByteArray()));
  }
}
