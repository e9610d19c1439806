package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.fixture.TestSound;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The meter leaves out what cannot matter; every point is computed here.
class TruePeakMeterTest {
  private static final int TAPS = 32;

  static LongStream seeds() {
    return new Random(System.nanoTime()).longs(60);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingThatMattersIsLeftOut(long seed) {
    TestSound sound = any(new Random(seed));

    TruePeakMeter meter = new TruePeakMeter();
    Random random = new Random(~seed);
    for (int from = 0; from < sound.samples(); ) {
      int to = Math.min(sound.samples(), from + 1 + random.nextInt(9000));
      TestSound part = sound.part(from, to);
      meter.write(part.left(), part.right(), part.samples());
      from = to;
    }

    double every = Math.max(everyPoint(sound.left()), everyPoint(sound.right()));
    assertThat(meter.linear()).isCloseTo(every, within(1e-6 * every));
  }

  /// Noise, strokes whose samples all add up between two of them, steps of level, and silence.
  private static TestSound any(Random random) {
    float[][] sides = new float[2][1 + random.nextInt(30_000)];
    for (float[] side : sides) {
      double level = 0;
      for (int i = 0; i < side.length; i++) {
        if (random.nextInt(700) == 0) {
          level = random.nextInt(3) == 0 ? 0 : Math.pow(10, -3 * random.nextDouble());
        }
        side[i] = (float) (level * (2 * random.nextDouble() - 1));
      }
      for (int stroke = random.nextInt(6); stroke > 0; stroke--) {
        worst(side, random.nextInt(side.length), 0.3 * random.nextDouble());
      }
    }
    return new TestSound(sides[0], sides[1]);
  }

  /// Samples of one height whose signs are those of the filter around the middle of two.
  private static void worst(float[] side, int at, double height) {
    for (int i = Math.max(0, at - TAPS / 2); i < Math.min(side.length, at + TAPS / 2); i++) {
      double x = i - at + 0.5;
      side[i] = (float) (height * Math.signum(Math.sin(Math.PI * x) / x));
    }
  }

  @Test
  void wavesOfOneHeightMayPassTheirSamplesTwofold() {
    float[] side = new float[20_000];
    worst(side, 777, 0.25);
    side[12_345] = 0.5f;

    TruePeakMeter meter = new TruePeakMeter();
    meter.write(side, side, side.length);

    assertThat(meter.linear()).isGreaterThan(0.51).isCloseTo(everyPoint(side), within(1e-6));
  }

  /// The highest of all samples and of three points after each, in double precision.
  private static double everyPoint(float[] samples) {
    double highest = 0;
    for (int phase = 0; phase < 4; phase++) {
      double[] filter = filter(phase);
      for (int i = 0; i < samples.length + TAPS; i++) {
        double sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
          int at = i - (TAPS - 1) + tap;
          sum += at < 0 || at >= samples.length ? 0 : filter[tap] * samples[at];
        }
        highest = Math.max(highest, Math.abs(sum));
      }
    }
    return highest;
  }

  /// Kaiser's window with β = 8 around a sinc, its sum 1.
  private static double[] filter(int phase) {
    double[] filter = new double[TAPS];
    double whole = 0;
    for (int tap = 0; tap < TAPS; tap++) {
      double x = tap - (TAPS / 2 - 1) - phase / 4.0;
      double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      double edge = 2 * x / TAPS;
      filter[tap] = sinc * bessel(8 * Math.sqrt(Math.max(0, 1 - edge * edge)));
      whole += filter[tap];
    }
    for (int tap = 0; tap < TAPS; tap++) {
      filter[tap] /= whole;
    }
    return filter;
  }

  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 60; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
