package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchResult;
import dev.stemfleet.common.bench.BenchResult.Target;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.bench.Machine;
import dev.stemfleet.common.bench.Rounds;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.Window;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.separation.SegmentModel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Separation against its inference alone, in three parts: the built-in model, which takes the
/// processors that decoding and encoding want as well; a device that works without the processor,
/// beside which everything else should vanish; and the large tensors of HTDemucs on such a device,
/// where only the copies lie between two runs.
@Command(name = "separate")
final class SeparateBench implements Callable<Integer> {
  private static final int RECORDED = 8;
  private static final String RUNS = "built-in model, inference alone";
  private static final String REST = "built-in model, the rest alone";
  private static final String BUILTIN = "built-in model, separation";
  private static final String DEVICE_RUNS = "waiting device, alone";
  private static final String DEVICE = "waiting device, separation";
  private static final String HTDEMUCS_RUNS = "HTDemucs' shapes, alone";
  private static final String HTDEMUCS = "HTDemucs' shapes, not encoded";

  /// Eight seconds, four segments over every sample: how RoFormer networks are often run.
  private static final ModelSpec ROFORMER =
      StandInModel.fourStems("roformer", new Segments(352_800, 88_200, Window.FADE));

  private static final ModelSpec HTDEMUCS_SPEC =
      StandInModel.fourStems("htdemucs", new Segments(343_980, 257_985, Window.TRIANGLE));

  @Mixin private final BenchOptions options = new BenchOptions();
  @Mixin private final CatalogPlaces places = new CatalogPlaces();

  @Option(names = "--seconds", hidden = true)
  private double seconds = 240;

  @Option(names = "--wait-ms", hidden = true)
  private int waitMillis = 100;

  @Option(names = "--coder", hidden = true)
  private SoundFormat coder = KnownStems.soundOfVideos();

  private final List<ProcessorTime> runs = new ArrayList<>();
  private final List<ProcessorTime> rest = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    int cores = machine.cores();
    try (BenchFolder folder = new BenchFolder(options.workFolder());
        ModelCache models = new ModelCache(new Device.Cpu(), cores, InstantSource.system());
        ExecutorService encoders = BenchPool.open()) {
      options.say("writing a track of " + seconds + " s");
      EncodedAudio track =
          BandTrack.write(folder.path().resolve("track.mp3"), SoundFormat.MP3, seconds);
      SeparateParts parts =
          new SeparateParts(folder.path(), track, encoders, coder);
      ModelCatalog known = ModelCatalog.load(List.of(places.models()));
      List<Contender> contenders =
          contenders(parts, new ResidentSegments(models.get(known.require("builtin"))));
      options.say("warming up");
      Rounds.run(1, contenders);
      runs.clear();
      rest.clear();
      options.say("measuring");
      Rounds rounds = Rounds.run(options.rounds(), contenders);
      return options.print(result(rounds, machine));
    }
  }

  private List<Contender> contenders(SeparateParts parts, SegmentModel builtin) {
    long wait = waitMillis * 1_000_000L;
    SegmentModel recorded =
        new StandInModel(builtin.spec(), 0, parts.answers(builtin, RECORDED));
    SegmentModel device = device(parts, ROFORMER, wait);
    SegmentModel htdemucs = device(parts, HTDEMUCS_SPEC, wait);
    return List.of(
        new Contender(RUNS, () -> kept(runs, parts.inference(builtin))),
        new Contender(REST, () -> kept(rest, ProcessorTime.of(parts.encoded(recorded)))),
        Contender.timed(BUILTIN, parts.encoded(builtin)),
        new Contender(DEVICE_RUNS, () -> parts.inference(device).wall()),
        Contender.timed(DEVICE, parts.encoded(device)),
        new Contender(HTDEMUCS_RUNS, () -> parts.inference(htdemucs).wall()),
        Contender.timed(HTDEMUCS, parts.joined(htdemucs)));
  }

  private static SegmentModel device(SeparateParts parts, ModelSpec spec, long waitNanos) {
    StandInModel empty =
        new StandInModel(spec, 0, List.of(StandInModel.direct(8 * spec.segments().samples())));
    return new StandInModel(spec, waitNanos, parts.parts(empty));
  }

  private static double kept(List<ProcessorTime> times, ProcessorTime time) {
    times.add(time);
    return time.wall();
  }

  private BenchResult result(Rounds rounds, Machine machine) {
    List<Double> ofBound = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    for (int round = 0; round < runs.size(); round++) {
      double processors = runs.get(round).processors() + rest.get(round).processors();
      bounds.add(Math.max(runs.get(round).wall(), processors / machine.cores()));
      double wall = Objects.requireNonNull(rounds.seconds().get(BUILTIN)).get(round);
      ofBound.add(wall / bounds.get(round));
    }
    double builtin = Rounds.median(ofBound);
    double device = rounds.ratio(DEVICE, DEVICE_RUNS);
    double htdemucs = rounds.ratio(HTDEMUCS, HTDEMUCS_RUNS);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("ratio", Math.max(builtin / 1.10, Math.max(device, htdemucs) / 1.05));
    figures.put("builtin_to_bound", builtin);
    figures.put("device_to_waits", device);
    figures.put("htdemucs_to_waits", htdemucs);
    figures.put("seconds", rounds.median(BUILTIN));
    figures.put("builtin_bound_seconds", Rounds.median(bounds));
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

  private static double median(List<ProcessorTime> times, ToDoubleFunction<ProcessorTime> part) {
    return Rounds.median(times.stream().map(part::applyAsDouble).toList());
  }
}
