package dev.stemfleet.worker.render;

import java.util.List;
import java.util.stream.IntStream;

/// A coded group of pictures: it starts with an intra picture that resets the decoder and can thus
/// be shown again and again. Immutable; the arrays are not changed.
///
/// @param header the decoder configuration (AVCDecoderConfigurationRecord)
/// @param samples one per frame, as they lie in an MP4 file
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed, never compared
record CodedGroup(byte[] header, List<byte[]> samples) {
  CodedGroup {
    samples = List.copyOf(samples);
    if (samples.isEmpty() || !NalUnits.startsIdr(samples.getFirst())) {
      throw new IllegalArgumentException("samples: must start with an IDR picture");
    }
  }

  /// Which of the samples are intra pictures, counted from 0.
  int[] intraPictures() {
    return IntStream.range(0, samples.size())
        .filter(i -> NalUnits.startsIdr(samples.get(i)))
        .toArray();
  }

  long bytes() {
    return samples.stream().mapToLong(sample -> sample.length).sum();
  }

  byte[] first() {
    return samples.getFirst();
  }
}
