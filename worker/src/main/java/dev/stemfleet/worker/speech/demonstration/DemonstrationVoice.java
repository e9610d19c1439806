package dev.stemfleet.worker.speech.demonstration;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.speech.SpeechEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Speaks without a model. Every speaker has a pitch and a throat of their own, which follow from
/// the recording's bytes, or from the speaker's id where there is none: nobody's voice is imitated.
///
/// Exaggeration moves the pitch, temperature the timing; the other parameters mean nothing here.
/// The same text, speaker, parameters and seed give the same samples. Thread-safe.
public final class DemonstrationVoice implements SpeechEngine {
  private static final double LOWEST_HZ = 95;
  private static final double HIGHEST_HZ = 215;
  private static final double USUAL_EXAGGERATION = 0.5;

  @Override
  public int sampleRateHz() {
    return Throat.RATE_HZ;
  }

  @Override
  public SpokenVoice voice(@Nullable Path recording, String speaker) {
    Throat.Build build = build(recording == null ? speaker : digest(recording));
    return (text, language, parameters, seed) -> speak(build, text, parameters, seed);
  }

  private static float[] speak(
      Throat.Build build, String text, SpeechParameters parameters, long seed) {
    Random random = new Random(seed);
    double lively = 0.5 + parameters.exaggeration() / USUAL_EXAGGERATION / 2;
    Melody melody = Melody.of(Reading.of(text), lively, parameters.temperature(), random);
    return new Throat(build, random).speak(melody);
  }

  /// Low voices have large throats, as people's do.
  private static Throat.Build build(String name) {
    String hex = new Fingerprint("demonstration voice").with("name", name).hex();
    double pitch = part(hex, 0);
    double size = 0.90 + 0.22 * (0.7 * pitch + 0.3 * part(hex, 4));
    double hz = LOWEST_HZ * StrictMath.pow(HIGHEST_HZ / LOWEST_HZ, pitch);
    return new Throat.Build(hz, size, 0.3 + 0.6 * part(hex, 8));
  }

  /// 0…1, from four digits of a fingerprint.
  private static double part(String hex, int at) {
    return Integer.parseInt(hex, at, at + 4, 16) / 65535.0;
  }

  private static String digest(Path recording) {
    try {
      return Sha256.ofFile(recording);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, "cannot read the voice recording " + recording, e);
    }
  }
}
