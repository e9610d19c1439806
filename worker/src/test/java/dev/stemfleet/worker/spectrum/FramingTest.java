package dev.stemfleet.worker.spectrum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Stft;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Frames lie where models were trained to find them, and spectra become the sound again.
class FramingTest {
  private static final long SEED = 20_261_123;

  @ParameterizedTest(name = "{0}/{1} over {2}")
  @CsvSource({
    "2048, 441, 44100",
    "4096, 1024, 64512",
    "5120, 1024, 30720",
    "6144, 1024, 64512",
    "7680, 1024, 64512",
    "8192, 1024, 65536",
    "16384, 1024, 97280",
    "4096, 1024, 30001",
  })
  void centredFramesAreThoseOfTheDefinitionAndComeBack(int size, int hop, int samples) {
    System.out.println("seed " + SEED);
    Framing framing = Framing.centred(new Stft(size, hop, size / 2 + 1), samples);
    float[][] sound = noise(samples);

    assertThat(framing.frames()).isEqualTo(samples / hop + 1);
    assertFrames(framing, sound, size / 2, true, 1, 0);
    assertThat(decibels(sound, thereAndBack(framing, sound), 0, samples)).isGreaterThan(120);
  }

  @ParameterizedTest
  @CsvSource({"343980, 336", "441000, 431", "485100, 474", "20480, 20"})
  void demucsKeepsTheCentredFramesButTwoAtEachEnd(int samples, int frames) {
    Framing framing = Framing.demucs(new Stft(4096, 1024, 2048), samples);
    float[][] sound = noise(samples);

    assertThat(framing.frames()).isEqualTo(frames);
    assertFrames(framing, sound, 1536, true, 1 / 64.0, 0);
    float[][] back = thereAndBack(framing, sound);
    // The bin of the highest frequency is lost everywhere, more at both ends.
    assertThat(decibels(sound, back, 1536, samples - 1452)).isGreaterThan(25);
    assertThat(decibels(sound, back, 0, 1536)).isLessThan(30);
  }

  @Test
  void demucsBringsBackWhatLiesBetweenTheEnds() {
    int samples = 343_980;
    Framing framing = Framing.demucs(new Stft(4096, 1024, 2048), samples);
    float[][] sound = new float[2][samples];
    for (int i = 0; i < samples; i++) {
      double middle = (i - samples / 2.0) / (samples / 14.0);
      sound[0][i] = (float) (Math.exp(-middle * middle / 2) * Math.sin(0.31 * i));
      sound[1][i] = (float) (Math.exp(-middle * middle / 2) * Math.cos(0.17 * i));
    }

    assertThat(decibels(sound, thereAndBack(framing, sound), 0, samples)).isGreaterThan(120);
  }

  @Test
  void uncentredFramesBeginWithSilence() {
    int samples = 50_001;
    Framing framing = Framing.uncentred(new Stft(4096, 1024, 2049), samples);
    float[][] sound = noise(samples);

    assertThat(framing.frames()).isEqualTo(Math.ceilDiv(samples + 4096, 1024));
    assertFrames(framing, sound, 4096, false, 1, 0);
    assertThat(decibels(sound, thereAndBack(framing, sound), 0, samples)).isGreaterThan(120);
  }

  /// Some frames and bins against the definition in double precision.
  private static void assertFrames(
      Framing framing, float[][] sound, int lead, boolean reflected, double scale, int channel) {
    int size = framing.stft().fftSize();
    int frames = framing.frames();
    Spectrum spectrum;
    try (Analysis analysis = new Analysis(framing)) {
      spectrum = analysis.spectrum();
      analysis.of(sound, spectrum);
    }
    double error = 0;
    double power = 0;
    for (int frame : List.of(0, 1, 2, frames / 2, frames - 3, frames - 2, frames - 1)) {
      for (int bin = 0; bin < framing.stft().bins(); bin += 1 + framing.stft().bins() / 50) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < size; i++) {
          double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
          int at = frame * framing.stft().hop() + i - lead;
          double value = scale * window * at(sound[channel], at, reflected);
          double angle = 2 * Math.PI * ((long) bin * i % size) / size;
          real += value * Math.cos(angle);
          imaginary -= value * Math.sin(angle);
        }
        int at = bin * frames + frame;
        double realError = spectrum.real(channel)[at] - real;
        double imaginaryError = spectrum.imaginary(channel)[at] - imaginary;
        error += realError * realError + imaginaryError * imaginaryError;
        power += real * real + imaginary * imaginary;
      }
    }
    assertThat(10 * Math.log10(power / error)).as("decibels above the error").isGreaterThan(125);
  }

  private static double at(float[] sound, int at, boolean reflected) {
    if (at >= 0 && at < sound.length) {
      return sound[at];
    }
    int mirrored = at < 0 ? -at : 2 * sound.length - 2 - at;
    return reflected ? sound[mirrored] : 0;
  }

  private static float[][] thereAndBack(Framing framing, float[][] sound) {
    float[][] back = new float[2][framing.samples()];
    try (Analysis analysis = new Analysis(framing);
        Synthesis synthesis = new Synthesis(framing)) {
      Spectrum spectrum = analysis.spectrum();
      analysis.of(sound, spectrum);
      synthesis.of(spectrum, back);
    }
    return back;
  }

  private static double decibels(float[][] sound, float[][] back, int from, int to) {
    double error = 0;
    double power = 0;
    for (int channel = 0; channel < 2; channel++) {
      for (int i = from; i < to; i++) {
        error += Math.pow(back[channel][i] - sound[channel][i], 2);
        power += Math.pow(sound[channel][i], 2);
      }
    }
    return 10 * Math.log10(power / error);
  }

  private static float[][] noise(int samples) {
    Random random = new Random(SEED);
    float[][] noise = new float[2][samples];
    for (int i = 0; i < samples; i++) {
      noise[0][i] = (float) (0.3 * random.nextGaussian());
      noise[1][i] = (float) (0.3 * random.nextGaussian());
    }
    return noise;
  }
}
