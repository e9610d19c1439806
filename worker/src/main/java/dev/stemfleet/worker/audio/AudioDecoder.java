package dev.stemfleet.worker.audio;

import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.SoundInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A track's sound from a file, read in blocks of 44.1 kHz stereo float.
///
/// Sample-exact: encoder delay and padding are left out, and a trim is counted in samples from the
/// sound's beginning, not sought. Memory is bounded by one frame of the coding, whatever the
/// length. Confined to one thread at a time; the caller closes.
public final class AudioDecoder implements AutoCloseable {
  /// A damaged file that gives less than this is refused.
  private static final double LEAST_SECONDS_OF_DAMAGED = 1.0;

  /// How much shorter than declared a whole file may be: containers round, and some count the
  /// encoder's padding.
  private static final double DECLARED_TOLERANCE_SECONDS = 0.25;

  private final SoundInput input;
  private final ResampledSound sound;
  private final Trim trim;
  private final long start;
  private final long end;
  private final List<String> warnings = new ArrayList<>();
  private int ready;
  private int used;
  private boolean sourceEnded;
  private boolean ended;
  private boolean finite = true;
  private long position;
  private long delivered;

  /// Opens a local file.
  ///
  /// @throws JobException SOURCE_MISSING, SOURCE_FORBIDDEN, SOURCE_UNREACHABLE or SOUND_UNREADABLE
  public static AudioDecoder open(Path file, Trim trim) {
    return new AudioDecoder(SoundInput.open(file), trim);
  }

  private AudioDecoder(SoundInput input, Trim trim) {
    this.input = input;
    this.sound = new ResampledSound(input);
    this.trim = trim;
    start = Sound.samples(trim.startSeconds());
    end = trim.endSeconds() == null ? Long.MAX_VALUE : Sound.samples(trim.endSeconds());
  }

  /// Fills the arrays from their beginning as far as there is sound.
  ///
  /// @return how many samples per channel were written, less than the arrays hold only at the end;
  ///   -1 once there are none left
  /// @throws JobException SOUND_UNREADABLE if nothing or less than 1 s of a damaged file decodes;
  ///   SOURCE_UNREACHABLE if the storage or server fails
  public int read(float[] left, float[] right) {
    int wanted = Math.min(left.length, right.length);
    int filled = 0;
    while (filled < wanted && advance()) {
      int count = (int) Math.min(Math.min(wanted - filled, ready - used), end - position);
      sound.copy(used, left, right, filled, count);
      skip(count);
      filled += count;
    }
    silenceWhatIsNoSound(left, filled);
    silenceWhatIsNoSound(right, filled);
    delivered += filled;
    return filled == 0 && wanted > 0 ? -1 : filled;
  }

  /// What the user should know about the source, one sentence each; complete once [#read] gave -1.
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// Samples per channel given out until now.
  public long samples() {
    return delivered;
  }

  /// The length that the container declares, within the trim, in samples, or 0 if it declares none.
  /// For progress only: it may be an estimate.
  public long expectedSamples() {
    long declared = Sound.samples(input.declaredSeconds().orElse(0));
    return Math.max(0, Math.min(declared, end) - start);
  }

  /// Gets sound that lies within the trim ready; false at its end.
  private boolean advance() {
    while (!ended) {
      if (position >= end) {
        finish();
      } else if (used < ready) {
        skip(Math.clamp(start - position, 0, ready - used));
        if (used < ready) {
          return true;
        }
      } else {
        pull();
      }
    }
    return false;
  }

  private void pull() {
    ready = sound.next();
    used = 0;
    if (ready < 0) {
      sourceEnded = true;
      finish();
    }
  }

  private void skip(int count) {
    used += count;
    position += count;
  }

  private void finish() {
    ended = true;
    double seconds = Sound.seconds(position);
    double declared = input.lengthIsEstimated() ? 0 : input.declaredSeconds().orElse(0);
    boolean cutShort = sourceEnded && seconds < declared - DECLARED_TOLERANCE_SECONDS;
    boolean damaged = input.damaged() || cutShort;
    if (position == 0) {
      throw unreadable("no sound could be decoded");
    }
    if (damaged && seconds < LEAST_SECONDS_OF_DAMAGED) {
      throw unreadable("damaged; only " + text(seconds) + " of it can be decoded");
    }
    if (position <= start) {
      throw unreadable("trim.startSeconds lies after the end of the sound at " + text(seconds));
    }
    if (cutShort) {
      warn("damaged or cut short; " + text(seconds) + " of " + text(declared) + " were decoded");
    } else if (damaged) {
      warn("damaged; the " + text(seconds) + " that could be decoded are used");
    }
    if (sourceEnded && trim.endSeconds() != null && position < end) {
      warn("trim.endSeconds lies after the end of the sound at " + text(seconds));
    }
  }

  private void silenceWhatIsNoSound(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(samples[i])) {
        samples[i] = 0;
        if (finite) {
          finite = false;
          warn("holds values that are no sound; they were made silent");
        }
      }
    }
  }

  private static String text(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  private void warn(String text) {
    warnings.add(input.name() + ": " + text);
  }

  private JobException unreadable(String why) {
    return new JobException(FailureCode.SOUND_UNREADABLE, input.name() + ": " + why);
  }

  @Override
  public void close() {
    sound.close();
    input.close();
  }
}
