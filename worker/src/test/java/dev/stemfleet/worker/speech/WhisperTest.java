package dev.stemfleet.worker.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.job.SpeechSounds;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.WhisperModel;
import dev.stemfleet.worker.model.graph.WhisperStubs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Listening: the spectrum against its definition, the loop against one that works the networks'
/// answers out.
final class WhisperTest {
  @TempDir private Path models;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesDownWhatTheNetworksMean(boolean cached) throws Exception {
    CatalogRecogniser model = StubSpeech.recogniser(models, new WhisperStubs(cached));
    float[] sound = sound(24_000);
    double[][] mel = logMel(new SpeechSounds().resampled(sound, 24_000, LogMel.RATE_HZ), 80);
    try (ModelCache cache = new ModelCache(Device.parse("cpu"), 1, InstantSource.system());
        Held<WhisperModel> held = cache.hold(model);
        WhisperRecogniser recogniser =
            WhisperRecogniser.open(model, held.model(), new SpeechSounds())) {
      String english = recogniser.transcript(sound, "en");
      String german = recogniser.transcript(sound, "de");

      assertThat(english).isEqualTo(expected(mel, 29));
      assertThat(german).isEqualTo(expected(mel, 30)).isNotEqualTo(english);
      assertThat(recogniser.transcript(sound, "en")).isEqualTo(english);
      assertThatThrownBy(() -> recogniser.transcript(sound, "xx"))
          .isInstanceOf(JobException.class)
          .hasMessage("language: xx is not known to recogniser stub-whisper");
    }
  }

  @Test
  void theSpectrumIsThatOfItsDefinition() {
    float[] sound = sound(LogMel.RATE_HZ);
    float[] spectrum;
    try (LogMel mel = new LogMel(80)) {
      spectrum = mel.of(sound);
    }

    assertThat(spectrum).hasSize(80 * 3000);
    double[][] expected = logMel(sound, 80);
    for (int band = 0; band < 80; band += 7) {
      for (int frame = 0; frame < 3000; frame += frame < 24 ? 2 : 500) {
        assertThat((double) spectrum[band * 3000 + frame])
            .as("band %d, frame %d", band, frame)
            .isCloseTo(expected[band][frame], within(2e-4));
      }
    }
  }

  @Test
  void longSoundsAreCutWhereTheyAreQuiet() {
    float[] sound = new float[70 * LogMel.RATE_HZ];
    Random random = new Random(5);
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) random.nextGaussian() * 0.1f;
    }
    int quiet = 25 * LogMel.RATE_HZ;
    for (int i = quiet; i < quiet + 8000; i++) {
      sound[i] = 0;
    }

    List<float[]> parts = QuietCuts.of(sound);

    assertThat(parts).hasSize(3);
    assertThat(parts.getFirst().length).isBetween(quiet, quiet + 8000);
    assertThat(parts.stream().mapToInt(part -> part.length)).allMatch(n -> n <= LogMel.SAMPLES);
    assertThat(parts.stream().mapToInt(part -> part.length).sum()).isEqualTo(sound.length);
  }

  /// The stubs' formula.
  private static String expected(double[][] mel, int language) {
    double sum = 0;
    for (double[] band : mel) {
      for (double value : band) {
        sum += value;
      }
    }
    int loud = (int) Math.floor(200 + 100 * sum / (80 * 3000));
    List<Integer> ids = new ArrayList<>(List.of(28, language, 31, 32));
    StringBuilder text = new StringBuilder();
    while (ids.size() < WhisperStubs.LENGTH) {
      int all = ids.stream().mapToInt(Integer::intValue).sum();
      int next = (3 * all + ids.size() + loud) % WhisperStubs.END;
      ids.add(next);
      text.append(next == 26 ? ' ' : (char) ('a' + next));
    }
    return text.toString().strip();
  }

  /// Frame by frame, every sum as it is written down in `audio.py`.
  private static double[][] logMel(float[] sound, int bands) {
    double[][] filters = filters(bands);
    double[][] mel = new double[bands][3000];
    double loudest = -10;
    int heard = sound.length / 160 + 3;
    for (int frame = 0; frame < 3000; frame++) {
      double[] power = frame < heard ? power(sound, frame) : new double[201];
      for (int band = 0; band < bands; band++) {
        double energy = 0;
        for (int bin = 0; bin < 201; bin++) {
          energy += filters[band][bin] * power[bin];
        }
        mel[band][frame] = Math.log10(Math.max(1e-10, energy));
        loudest = Math.max(loudest, mel[band][frame]);
      }
    }
    for (double[] band : mel) {
      for (int frame = 0; frame < 3000; frame++) {
        band[frame] = (Math.max(band[frame], loudest - 8) + 4) / 4;
      }
    }
    return mel;
  }

  private static double[] power(float[] sound, int frame) {
    double[] power = new double[201];
    double[] windowed = new double[400];
    for (int i = 0; i < 400; i++) {
      int at = Math.abs(frame * 160 - 200 + i);
      double sample = at < sound.length ? sound[at] : 0;
      windowed[i] = sample * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / 400));
    }
    for (int bin = 0; bin < 201; bin++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < 400; i++) {
        re += windowed[i] * Math.cos(2 * Math.PI * bin * i / 400);
        im -= windowed[i] * Math.sin(2 * Math.PI * bin * i / 400);
      }
      power[bin] = re * re + im * im;
    }
    return power;
  }

  private static double[][] filters(int bands) {
    double[] hz = new double[bands + 2];
    double top = 15 + 27 * Math.log(8) / Math.log(6.4);
    for (int i = 0; i < hz.length; i++) {
      double mel = top * i / (bands + 1);
      hz[i] = mel < 15 ? mel * 200 / 3 : 1000 * Math.pow(6.4, (mel - 15) / 27);
    }
    double[][] filters = new double[bands][201];
    for (int band = 0; band < bands; band++) {
      for (int bin = 0; bin < 201; bin++) {
        double f = bin * 40.0;
        double up = (f - hz[band]) / (hz[band + 1] - hz[band]);
        double down = (hz[band + 2] - f) / (hz[band + 2] - hz[band + 1]);
        filters[band][bin] = Math.max(0, Math.min(up, down)) * 2 / (hz[band + 2] - hz[band]);
      }
    }
    return filters;
  }

  /// A fifth of a second of a tone that rises.
  private static float[] sound(int rateHz) {
    float[] sound = new float[rateHz / 5];
    for (int i = 0; i < sound.length; i++) {
      double t = (double) i / rateHz;
      sound[i] = (float) (0.4 * Math.sin(2 * Math.PI * (200 * t + 9000 * t * t)));
    }
    return sound;
  }
}
