package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.EncodedAudio;
import java.util.ArrayList;
import java.util.List;

/// One stem on its way out: gain, check, and any number of files at once.
///
/// Takes over its encoders and closes them. Confined to one thread at a time; the caller closes.
public final class StemWriter implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final float factor;
  private final StemCheck check;
  private final List<StemEncoder> encoders;
  private final float[] left = new float[BLOCK];
  private final float[] right = new float[BLOCK];

  /// What became of a finished stem.
  ///
  /// @param files one per encoder, in their order
  /// @param figures of the sound as it was given to the encoders
  public record Written(List<EncodedAudio> files, StemFigures figures) {
    public Written {
      files = List.copyOf(files);
    }
  }

  /// @param name how messages call the stem
  /// @param encoders opened and empty; owned from here on
  public StemWriter(String name, GainPlan gain, List<StemEncoder> encoders) {
    this.factor = gain.factor();
    this.check = new StemCheck(name);
    this.encoders = List.copyOf(encoders);
  }

  /// Takes the first `count` samples of each array as the model made them; they are not changed.
  ///
  /// @throws dev.stemfleet.common.failure.JobException as [StemCheck#write] and [StemEncoder#write]
  ///   do
  public void write(float[] modelLeft, float[] modelRight, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      for (int i = 0; i < length; i++) {
        left[i] = factor * modelLeft[from + i];
        right[i] = factor * modelRight[from + i];
      }
      check.write(left, right, length);
      for (StemEncoder encoder : encoders) {
        encoder.write(left, right, length);
      }
    }
  }

  /// What was given to the encoders until now.
  public StemFigures figures() {
    return check.figures();
  }

  /// Ends the files, if the stem may be published.
  ///
  /// @param trackSamples the track's length
  /// @param mayBeSilent whether what the model gave for this stem is silent
  /// @throws dev.stemfleet.common.failure.JobException as [StemCheck#passed] and
  ///   [StemEncoder#finish] do
  public Written finish(long trackSamples, boolean mayBeSilent) {
    StemFigures figures = check.passed(trackSamples, mayBeSilent);
    List<EncodedAudio> files = new ArrayList<>();
    for (StemEncoder encoder : encoders) {
      files.add(encoder.finish());
    }
    return new Written(files, figures);
  }

  @Override
  public void close() {
    encoders.forEach(StemEncoder::close);
  }
}
