package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.worker.job.SpeechSounds;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.graph.OnnxGraph.ElementType;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import dev.stemfleet.worker.speech.ChatterboxEngine;
import dev.stemfleet.worker.speech.SoundTools;
import dev.stemfleet.worker.speech.SpeechEngine.SpokenVoice;
import dev.stemfleet.worker.speech.SpeechException;
import dev.stemfleet.worker.speech.Voices;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Speaking against the runs of its networks alone, in the same call: what the loop around them
/// costs. The networks do next to no arithmetic, but have the tensors of the English model: caches
/// of 30 layers with 16 heads of 64, two rows of 8194 logits. Real ones take longer, and the loop's
/// part is smaller.
@Command(name = "speech")
final class SpeechBench implements Callable<Integer> {
  private static final String WHOLE = "speaking";
  private static final String RUNS = "its networks' runs";
  private static final long SEED = 20_261_122;
  private static final int VOICE_SECONDS = 6;
  private static final SpeechParameters PARAMETERS = SpeechParameters.USUAL;
  private static final String TEXT =
      "Whoever walks along the river in the morning meets the same three people, and every one of"
          + " them has a dog.";

  @Mixin private final BenchOptions options = new BenchOptions();

  /// Told to every bench of the worker; this one reads neither.
  @Mixin
  @SuppressWarnings("UnusedVariable")
  private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--tokens", hidden = true, defaultValue = "200")
  private int tokens = 200;

  @Option(names = "--layers", hidden = true, defaultValue = "30")
  private int layers = 30;

  private double lastRuns;

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    SpeechStubs stubs = SpeechStubs.english(layers, ElementType.FLOAT32).last(tokens);
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        ModelCache models =
            new ModelCache(new Device.Cpu(), machine.cores(), InstantSource.system())) {
      CatalogSpeech model = SpeechStandIn.write(folder.path(), stubs);
      try (Held<SpeechModel> held = models.hold(model)) {
        SpeechModel network = held.model();
        options.say("checking every token");
        SpeechProof proof = new SpeechProof(network, stubs, PARAMETERS);
        float[] sound = spoken(model, proof);
        options.say("measuring " + proof.tokens() + " tokens");
        var _ = timed(model, network, sound);
        Rounds rounds =
            Rounds.run(
                options.rounds(),
                List.of(
                    new Contender(WHOLE, () -> timed(model, network, sound)),
                    new Contender(RUNS, () -> lastRuns)));
        return options.print(result(rounds, proof.tokens(), machine));
      }
    }
  }

  private static float[] spoken(CatalogSpeech model, SpeechNetwork network) {
    try (Speaking speaking = Speaking.open(model, network)) {
      return speaking.sound();
    }
  }

  /// Seconds of speaking the text; those of the networks are kept.
  private double timed(CatalogSpeech model, SpeechModel network, float[] wanted) {
    try (Speaking speaking = Speaking.open(model, network)) {
      double before = network.networkSeconds();
      long start = System.nanoTime();
      float[] sound = speaking.sound();
      double seconds = (System.nanoTime() - start) / 1e9;
      lastRuns = network.networkSeconds() - before;
      if (!Arrays.equals(sound, wanted)) {
        throw new BenchFailure("the same seed speaks in another way");
      }
      return seconds;
    }
  }

  /// An engine with its voice ready to speak.
  private record Speaking(ChatterboxEngine engine, SpokenVoice voice) implements AutoCloseable {
    static Speaking open(CatalogSpeech model, SpeechNetwork network) {
      ChatterboxEngine engine = ChatterboxEngine.open(model, network, new Voices(1), new Tone());
      return new Speaking(engine, engine.voice(Path.of("tone.wav"), "bench"));
    }

    float[] sound() {
      try {
        return voice.speak(TEXT, "en", PARAMETERS, SEED);
      } catch (SpeechException e) {
        throw new BenchFailure(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  /// A tone for every recording; else as in jobs.
  private static final class Tone implements SoundTools {
    private final SoundTools real = new SpeechSounds();

    @Override
    public float[] samples(Path file) {
      float[] samples = new float[VOICE_SECONDS * RATE_HZ];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * 220 * i / RATE_HZ));
      }
      return samples;
    }

    @Override
    public float[] resampled(float[] mono, int fromHz, int toHz) {
      return real.resampled(mono, fromHz, toHz);
    }

    @Override
    public @Nullable Double lufs(float[] mono, int rateHz) {
      return real.lufs(mono, rateHz);
    }
  }

  private BenchResult result(Rounds rounds, int said, Machine machine) {
    double ratio = rounds.ratio(WHOLE, RUNS);
    double own = rounds.median(RUNS) * (ratio - 1);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", ratio);
    figures.put("overhead", ratio - 1);
    figures.put("seconds", rounds.median(WHOLE));
    figures.put("network_seconds", rounds.median(RUNS));
    figures.put("tokens", (double) said);
    figures.put("tokens_per_second", said / rounds.median(WHOLE));
    figures.put("overhead_microseconds_per_token", own / said * 1e6);
    return new BenchResult(
        "speech",
        "a text of %d characters by networks shaped as the English model's, guided, %d layers"
            .formatted(TEXT.length(), layers),
        figures,
        List.of(Target.atMost("overhead", 0.05)),
        rounds.seconds(),
        machine);
  }
}
