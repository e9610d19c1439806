package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench coder`: what settings of the AAC encoder cost and how much noise they leave, on computed
/// sounds and on the stems that the built-in model makes of one. The processor's time of each is
/// the median of the rounds; the noise is the same in every round.
@Command(name = "coder", description = "Settings of the AAC encoder: cost, size, audible noise.")
final class CoderBench implements Callable<Integer> {
  /// For this length times are stated.
  private static final double STATED_SECONDS = 240;

  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", defaultValue = "8", hidden = true)
  private double seconds = 8;

  private final Map<String, List<Double>> cpuSeconds = new LinkedHashMap<>();
  private final Map<String, CoderTrial> trials = new LinkedHashMap<>();
  private final Map<String, CoderQuality> qualities = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    Path folder = options.workFolder();
    Path file = folder.resolve("trial.m4a");
    try {
      List<CoderSound> sounds = new ArrayList<>(CoderSounds.of(seconds));
      Path track = folder.resolve("track.wav");
      sounds.addAll(SeparatedSounds.of(places.models(), track, seconds));
      Files.delete(track);
      List<CoderCandidate> candidates = CoderCandidate.all();
      for (CoderSound sound : sounds) {
        judge(sound, candidates, file);
      }
      List<Contender> contenders = new ArrayList<>();
      for (CoderCandidate candidate : candidates) {
        contenders.add(new Contender(candidate.name(), () -> cost(candidate, sounds, file)));
      }
      Rounds rounds = Rounds.run(options.rounds(), contenders);
      sounds.forEach(sound -> candidates.forEach(candidate -> say(sound, candidate)));
      return options.print(result(sounds, candidates, rounds, machine));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private void judge(CoderSound sound, List<CoderCandidate> candidates, Path file) {
    MaskedSound masked = MaskedSound.of(sound.left(), sound.right());
    for (CoderCandidate candidate : candidates) {
      CoderTrial trial = CoderTrial.of(candidate, sound, file);
      trials.put(key(sound, candidate), trial);
      qualities.put(key(sound, candidate), trial.quality(sound, masked));
    }
  }

  /// CPU seconds for 240 s of sound, the mean of all sounds.
  private double cost(CoderCandidate candidate, List<CoderSound> sounds, Path file) {
    double sum = 0;
    for (CoderSound sound : sounds) {
      double stated =
          CoderTrial.of(candidate, sound, file).cpuSeconds() * STATED_SECONDS / sound.seconds();
      cpuSeconds.computeIfAbsent(key(sound, candidate), key -> new ArrayList<>()).add(stated);
      sum += stated;
    }
    return sum / sounds.size();
  }

  private static String key(CoderSound sound, CoderCandidate candidate) {
    return sound.name() + " " + candidate.name();
  }

  private CoderQuality quality(CoderSound sound, CoderCandidate candidate) {
    return Objects.requireNonNull(qualities.get(key(sound, candidate)));
  }

  private CoderTrial trial(CoderSound sound, CoderCandidate candidate) {
    return Objects.requireNonNull(trials.get(key(sound, candidate)));
  }

  private void say(CoderSound sound, CoderCandidate candidate) {
    CoderQuality quality = quality(sound, candidate);
    double cpu = Rounds.median(Objects.requireNonNull(cpuSeconds.get(key(sound, candidate))));
    options.say(
        String.format(
            Locale.ROOT,
            "%-16s %-18s %6.2f CPU s for 240 s %4.0f kb/s  NMR mean %6.1f worst %6.1f dB"
                + "  SNR %5.1f dB  before attacks %6.1f dB  careful %3.0f %%",
            sound.name(),
            candidate.name(),
            cpu,
            trial(sound, candidate).bitsPerSecond() / 1000,
            quality.meanNmrDb(),
            quality.worstNmrDb(),
            quality.snrDb(),
            quality.preEchoDb(),
            100 * trial(sound, candidate).carefulShare()));
  }

  private BenchResult result(
      List<CoderSound> sounds, List<CoderCandidate> candidates, Rounds rounds, Machine machine) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (CoderCandidate candidate : candidates) {
      List<CoderFigures.Row> rows = new ArrayList<>();
      for (CoderSound sound : sounds) {
        rows.add(
            new CoderFigures.Row(
                trial(sound, candidate).bitsPerSecond(),
                trial(sound, candidate).carefulShare(),
                quality(sound, candidate),
                quality(sound, CoderCandidate.STOCK)));
      }
      figures.put(candidate.name() + "_cpu_seconds", rounds.median(candidate.name()));
      CoderFigures.of(rows).forEach((name, value) -> figures.put(candidate.name() + name, value));
    }
    String work = "AAC at 320 kb/s, CPU seconds for 240 s, mean of " + sounds.size() + " sounds";
    return new BenchResult("coder", work, figures, List.of(), rounds.seconds(), machine);
  }
}
