package dev.stemfleet.worker.speech.demonstration;

import dev.stemfleet.worker.speech.demonstration.Melody.Track;
import java.util.Random;

/// Makes a melody sound: pulses of the vocal cords and breath go through five resonances in a row,
/// the mouth's noise through one of its own. For one text, one thread.
///
/// The same melody and generator give the same samples on every machine: what the platform's
/// mathematics may round in its own way is computed by [StrictMath].
final class Throat {
  static final int RATE_HZ = 24_000;

  private static final int SAMPLES_PER_FRAME = RATE_HZ / Melody.FRAMES_PER_SECOND;
  private static final double[] BANDWIDTHS_HZ = {70, 95, 150, 220, 280};
  private static final double FOURTH_HZ = 3550;
  private static final double FIFTH_HZ = 4500;
  private static final double PEAK = 0.7;

  /// Hisses are a quarter as loud as vowels, or less.
  private static final double HISS = 0.35;

  /// Parts of a period in which the vocal cords open and close.
  private static final double OPENING = 0.40;

  private static final double CLOSING = 0.20;

  private final Build build;
  private final Random random;
  private final Resonance[] mouth = new Resonance[BANDWIDTHS_HZ.length];
  private final Resonance lips = new Resonance();
  private double phase;
  private double pulse;
  private double strength = 1;
  private double flutter = 1;

  /// Whose throat it is.
  ///
  /// @param pitchHz in the middle of a sentence
  /// @param size of its resonances' frequencies, 1 is usual; smaller throats have greater ones
  /// @param breath beside the voice, 0…1
  record Build(double pitchHz, double size, double breath) {}

  Throat(Build build, Random random) {
    this.build = build;
    this.random = random;
    for (int i = 0; i < mouth.length; i++) {
      mouth[i] = new Resonance();
    }
  }

  /// @return mono, ±0.7
  float[] speak(Melody melody) {
    double[] sound = new double[melody.frames() * SAMPLES_PER_FRAME];
    for (int frame = 0; frame < melody.frames(); frame++) {
      shape(melody, frame);
      frame(melody, frame, sound);
    }
    return levelled(sound);
  }

  private void shape(Melody melody, int frame) {
    mouth[0].tune(build.size() * melody.at(Track.FIRST, frame), BANDWIDTHS_HZ[0]);
    mouth[1].tune(build.size() * melody.at(Track.SECOND, frame), BANDWIDTHS_HZ[1]);
    mouth[2].tune(build.size() * melody.at(Track.THIRD, frame), BANDWIDTHS_HZ[2]);
    mouth[3].tune(build.size() * FOURTH_HZ, BANDWIDTHS_HZ[3]);
    mouth[4].tune(build.size() * FIFTH_HZ, BANDWIDTHS_HZ[4]);
    lips.tune(melody.at(Track.NOISE_HZ, frame), melody.at(Track.NOISE_BANDWIDTH, frame));
  }

  private void frame(Melody melody, int frame, double[] sound) {
    int next = Math.min(frame + 1, melody.frames() - 1);
    double step = build.pitchHz() * melody.at(Track.PITCH, frame) / RATE_HZ;
    for (int i = 0; i < SAMPLES_PER_FRAME; i++) {
      double part = (double) i / SAMPLES_PER_FRAME;
      double voice = between(melody, Track.VOICE, frame, next, part);
      double breath = between(melody, Track.BREATH, frame, next, part);
      double noise = between(melody, Track.NOISE, frame, next, part);
      double white = 2 * random.nextDouble() - 1;
      double source = voice * cords(step, white) + breath * white;
      for (Resonance resonance : mouth) {
        source = resonance.pass(source);
      }
      sound[frame * SAMPLES_PER_FRAME + i] = source + HISS * noise * lips.pass(white);
    }
  }

  /// The change of the air's flow, which is what is heard; no two periods are quite alike.
  private double cords(double step, double white) {
    phase += step * flutter;
    if (phase >= 1) {
      phase -= 1;
      flutter = 1 + 0.012 * (2 * random.nextDouble() - 1);
      strength = 1 + 0.06 * (2 * random.nextDouble() - 1);
    }
    double flow = strength * flow(phase);
    double change = flow - pulse;
    pulse = flow;
    return 4 * change + build.breath() * 0.05 * white * flow;
  }

  private static double flow(double phase) {
    if (phase < OPENING) {
      return 0.5 * (1 - StrictMath.cos(Math.PI * phase / OPENING));
    }
    if (phase < OPENING + CLOSING) {
      return StrictMath.cos(0.5 * Math.PI * (phase - OPENING) / CLOSING);
    }
    return 0;
  }

  private static double between(Melody melody, Track track, int frame, int next, double part) {
    return (1 - part) * melody.at(track, frame) + part * melody.at(track, next);
  }

  private static float[] levelled(double[] sound) {
    double peak = 1e-9;
    for (double sample : sound) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float[] levelled = new float[sound.length];
    for (int i = 0; i < sound.length; i++) {
      levelled[i] = (float) (sound[i] * PEAK / peak);
    }
    return levelled;
  }

  /// A digital resonator of the second order, with gain 1 at 0 Hz.
  private static final class Resonance {
    private double gain = 1;
    private double one;
    private double two;
    private double last;
    private double before;

    void tune(double hz, double bandwidthHz) {
      double radius = StrictMath.exp(-Math.PI * bandwidthHz / RATE_HZ);
      two = -radius * radius;
      one = 2 * radius * StrictMath.cos(2 * Math.PI * hz / RATE_HZ);
      gain = 1 - one - two;
    }

    double pass(double in) {
      double out = gain * in + one * last + two * before;
      before = last;
      last = out;
      return out;
    }
  }
}
