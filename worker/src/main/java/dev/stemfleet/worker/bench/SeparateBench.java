package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelLayout.Hybrid;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.separation.SegmentModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Separation against its inference alone, in four parts: the built-in model, which takes the
/// processors that decoding and encoding want as well; a device that works without the processor
/// and leaves the encoders time enough, so that it should never wait for them; the large tensors of
/// HTDemucs on such a device, with nothing to be done between two runs; and the same with the
/// spectra made outside of the network.
@Command(name = "separate")
final class SeparateBench implements Callable<Integer> {
  private static final int RECORDED = 8;
  private static final String RUNS = "built-in model, inference alone";
  private static final String REST = "built-in model, the rest alone";
  private static final String BUILTIN = "built-in model, separation";
  private static final String DEVICE = "waiting device, separation";
  private static final String HTDEMUCS = "HTDemucs' shapes, not encoded";
  private static final String SPECTRA = "HTDemucs' spectra, not encoded";

  /// Three seconds, eight segments over every sample. At 100 ms a segment that is a device that
  /// separates less than four times as fast as people listen, as GPUs do with RoFormer networks;
  /// with the strides of HTDemucs five encoders on two cores would be slower than the device.
  private static final ModelSpec DENSE =
      StandInModel.fourStems(
          "dense", new ModelLayout.Waveform(), new Segments(131_072, 16_384, Window.FADE));

  private static final Segments HTDEMUCS_SEGMENTS = new Segments(343_980, 257_985, Window.TRIANGLE);

  private static final ModelSpec HTDEMUCS_SHAPES =
      StandInModel.fourStems("htdemucs", new ModelLayout.Waveform(), HTDEMUCS_SEGMENTS);

  private static final ModelSpec HTDEMUCS_SPECTRA =
      StandInModel.fourStems(
          "spectra", new Hybrid(ComplexParts.CHANNELS, false, false), HTDEMUCS_SEGMENTS);

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true, defaultValue = "240")
  private double seconds = 240;

  @Option(names = "--device-seconds", hidden = true, defaultValue = "120")
  private double deviceSeconds = 120;

  @Option(names = "--warm-up-seconds", hidden = true, defaultValue = "15")
  private double warmUpSeconds = 15;

  @Option(names = "--wait-ms", hidden = true, defaultValue = "100")
  private int waitMillis = 100;

  private final List<ProcessorTime> runs = new ArrayList<>();
  private final List<ProcessorTime> rest = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    int cores = machine.cores();
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        ModelCache models = new ModelCache(new Device.Cpu(), cores, InstantSource.system());
        ExecutorService encoders = BenchPool.open()) {
      SegmentModel builtin =
          new ResidentSegments(
              models.get(ModelCatalog.load(List.of(places.models())).require("builtin")));
      options.say("warming up");
      SeparateParts warm = parts(folder.path(), warmUpSeconds, encoders);
      Rounds.run(1, contenders(warm, warm, builtin));
      runs.clear();
      rest.clear();
      options.say("playing a track of " + seconds + " s");
      SeparateParts whole = parts(folder.path(), seconds, encoders);
      SeparateParts part = parts(folder.path(), deviceSeconds, encoders);
      List<Contender> contenders = contenders(whole, part, builtin);
      options.say("measuring");
      Rounds rounds = Rounds.run(options.rounds(), contenders);
      return options.print(
          result(rounds, waits(part, DENSE), waits(whole, HTDEMUCS_SHAPES), machine));
    }
  }

  private static SeparateParts parts(Path folder, double seconds, ExecutorService encoders) {
    EncodedAudio track =
        BandTrack.write(folder.resolve("track-" + seconds + ".mp3"), SoundFormat.MP3, seconds);
    return new SeparateParts(folder, track, encoders, KnownStems.soundOfVideos());
  }

  private List<Contender> contenders(
      SeparateParts whole, SeparateParts part, SegmentModel builtin) {
    SegmentModel recorded = new StandInModel(builtin.spec(), 0, whole.answers(builtin, RECORDED));
    return List.of(
        new Contender(RUNS, () -> kept(runs, whole.inference(builtin))),
        new Contender(REST, () -> kept(rest, ProcessorTime.of(whole.encoded(recorded)))),
        Contender.timed(BUILTIN, whole.encoded(builtin)),
        Contender.timed(DEVICE, part.encoded(device(part, DENSE))),
        Contender.timed(HTDEMUCS, whole.joined(device(whole, HTDEMUCS_SHAPES))),
        Contender.timed(SPECTRA, whole.joined(device(whole, HTDEMUCS_SPECTRA))));
  }

  private SegmentModel device(SeparateParts parts, ModelSpec spec) {
    return new StandInModel(spec, waitMillis * 1_000_000L, parts.parts(spec));
  }

  /// Seconds that a device is at work on a track.
  private double waits(SeparateParts parts, ModelSpec spec) {
    return parts.segments(spec) * waitMillis / 1000.0;
  }

  private static double kept(List<ProcessorTime> times, ProcessorTime time) {
    times.add(time);
    return time.wall();
  }

  private BenchResult result(
      Rounds rounds, double deviceWaits, double htdemucsWaits, Machine machine) {
    List<Double> bounds = bounds(machine.cores());
    double builtin = Rounds.median(divided(rounds.seconds().get(BUILTIN), bounds));
    double device = rounds.median(DEVICE) / deviceWaits;
    double htdemucs = rounds.median(HTDEMUCS) / htdemucsWaits;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", Math.max(builtin / 1.10, Math.max(device, htdemucs) / 1.05));
    figures.put("builtin_to_bound", builtin);
    figures.put("device_to_waits", device);
    figures.put("htdemucs_to_waits", htdemucs);
    figures.put("htdemucs_spectra_to_waits", rounds.median(SPECTRA) / htdemucsWaits);
    figures.put("seconds", rounds.median(BUILTIN));
    figures.put("builtin_bound_seconds", Rounds.median(bounds));
    figures.put("inference_seconds", rounds.median(RUNS));
    figures.put("inference_processor_seconds", median(runs, ProcessorTime::processors));
    figures.put("rest_processor_seconds", median(rest, ProcessorTime::processors));
    return new BenchResult(
        "separate",
        "a track of " + seconds + " s to five stems; devices wait " + waitMillis + " ms a segment",
        figures,
        List.of(
            Target.atMost("ratio", 1),
            Target.atMost("builtin_to_bound", 1.10),
            Target.atMost("device_to_waits", 1.05),
            Target.atMost("htdemucs_to_waits", 1.05)),
        rounds.seconds(),
        machine);
  }

  /// In what time the built-in model's separation could be done: the network's own, or that of all
  /// work shared out evenly.
  private List<Double> bounds(int cores) {
    List<Double> bounds = new ArrayList<>();
    for (int round = 0; round < runs.size(); round++) {
      double processors = runs.get(round).processors() + rest.get(round).processors();
      bounds.add(Math.max(runs.get(round).wall(), processors / cores));
    }
    return bounds;
  }

  private static List<Double> divided(@Nullable List<Double> times, List<Double> by) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      ratios.add(Objects.requireNonNull(times).get(i) / by.get(i));
    }
    return ratios;
  }

  private static double median(List<ProcessorTime> times, ToDoubleFunction<ProcessorTime> part) {
    return Rounds.median(times.stream().map(part::applyAsDouble).toList());
  }
}
