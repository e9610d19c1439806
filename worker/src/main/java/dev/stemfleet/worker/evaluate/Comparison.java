package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.Sound;
import dev.stemfleet.worker.separation.SdrMeter;
import dev.stemfleet.worker.separation.SumMeter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The figures of one song, gathered in one pass. Not thread-safe.
final class Comparison {
  private final ComparedStems compared;
  private final List<String> names;
  private final List<SdrMeter> model;
  private final List<SdrMeter> floor;
  private final List<SdrMeter> ideal;
  private final SumMeter sum = new SumMeter();

  Comparison(ComparedStems compared) {
    this.compared = compared;
    this.names = List.copyOf(compared.byName().keySet());
    this.model = meters(names.size());
    this.floor = meters(names.size());
    this.ideal = meters(SongFolder.STEMS.size());
  }

  private static List<SdrMeter> meters(int count) {
    return Stream.generate(() -> new SdrMeter(Sound.RATE_HZ)).limit(count).toList();
  }

  /// Takes the whole song.
  void take(SongSound sound, HeldStems held) {
    IdealMask mask = new IdealMask(ideal);
    int length = sound.mix()[0].length;
    float[][] quarter = new float[2][length];
    Map<Stem, float[][]> estimates = new EnumMap<>(Stem.class);
    compared.separated().forEach(stem -> estimates.put(stem, new float[2][length]));
    int at = 0;
    for (int count = sound.read(); count >= 0; count = sound.read()) {
      int from = at;
      int block = count;
      estimates.forEach((stem, estimate) -> held.copy(stem, from, estimate, block));
      quarter(sound.mix(), quarter, count);
      for (int i = 0; i < names.size(); i++) {
        float[][] truth = sound.stems().get(SongFolder.STEMS.indexOf(names.get(i)));
        Stem stem = Objects.requireNonNull(compared.byName().get(names.get(i)));
        model.get(i).add(truth, Objects.requireNonNull(estimates.get(stem)), count);
        floor.get(i).add(truth, quarter, count);
      }
      mask.add(sound.mix(), sound.stems(), count);
      sum.add(sound.mix(), List.copyOf(estimates.values()), count);
      at += count;
    }
    mask.finish();
  }

  private static void quarter(float[][] mix, float[][] quarter, int count) {
    for (int channel = 0; channel < 2; channel++) {
      for (int i = 0; i < count; i++) {
        quarter[channel][i] = mix[channel][i] / 4;
      }
    }
  }

  SongScores scores(String song, double seconds, double separationSeconds) {
    Map<String, StemScores> stems = new LinkedHashMap<>();
    Map<String, Double> silent = new LinkedHashMap<>();
    List<Double> medians = SdrMeter.mediansOfFrames(model);
    IntStream.range(0, names.size())
        .forEach(
            i -> {
              SdrMeter meter = model.get(i);
              double ceiling = ideal.get(SongFolder.STEMS.indexOf(names.get(i))).song();
              if (meter.truthIsSilent()) {
                silent.put(names.get(i), meter.song());
              } else {
                stems.put(
                    names.get(i),
                    new StemScores(
                        meter.song(),
                        medians.get(i),
                        meter.scaleInvariant(),
                        floor.get(i).song(),
                        ceiling));
              }
            });
    double sumDecibels = compared.separated().size() < 2 ? Double.NaN : sum.decibels();
    return new SongScores(song, stems, silent, sumDecibels, seconds, separationSeconds);
  }
}
