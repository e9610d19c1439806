package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.Locale;

/// Which recordings a voice can be made from, and what is done to them before.
final class VoiceSample {
  static final int RATE_HZ = 24_000;

  /// The prompt of the first models is 6 s long; below half of that little of a voice is in it.
  private static final double LEAST_SECONDS = 3;

  /// As resemble-ai/chatterbox asks for, `tts_turbo.py`.
  private static final double LEAST_SECONDS_OF_TURBO = 5;

  /// All of it goes through the encoder at once.
  private static final double MOST_SECONDS = 120;

  private static final double SILENT_PEAK = 0.005;

  /// To which Turbo's recordings are brought, `norm_loudness` of `tts_turbo.py`.
  private static final double TURBO_LUFS = -27;

  private VoiceSample() {}

  /// @param recording 44.1 kHz mono
  /// @param name of the recording, for errors
  /// @return 24 kHz, mono
  /// @throws JobException SCRIPT_UNUSABLE if it is too short, too long or silent
  static float[] of(float[] recording, SpeechFamily family, String name, SoundTools sounds) {
    double seconds = (double) recording.length / SoundTools.RATE_HZ;
    double least = family == SpeechFamily.TURBO ? LEAST_SECONDS_OF_TURBO : LEAST_SECONDS;
    if (seconds < least) {
      throw refused(
          name,
          String.format(
              Locale.ROOT, "is %.1f s long; a voice needs at least %.0f s", seconds, least));
    }
    if (seconds > MOST_SECONDS) {
      throw refused(
          name,
          String.format(
              Locale.ROOT, "is %.0f s long; at most %.0f s are heard", seconds, MOST_SECONDS));
    }
    float[] samples = sounds.resampled(recording, SoundTools.RATE_HZ, RATE_HZ);
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    if (peak < SILENT_PEAK) {
      throw refused(name, "is silent");
    }
    return family == SpeechFamily.TURBO ? levelled(samples, sounds) : samples;
  }

  private static float[] levelled(float[] samples, SoundTools sounds) {
    Double lufs = sounds.lufs(samples, RATE_HZ);
    if (lufs == null) {
      return samples;
    }
    float gain = (float) Math.pow(10, (TURBO_LUFS - lufs) / 20);
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= gain;
    }
    return samples;
  }

  private static JobException refused(String name, String why) {
    return new JobException(FailureCode.SCRIPT_UNUSABLE, "voice recording " + name + " " + why);
  }
}
