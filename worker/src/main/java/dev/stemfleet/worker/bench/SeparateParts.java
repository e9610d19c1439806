package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.bench.Contender;
import dev.stemfleet.common.domain.ArrayTensor;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.worker.audio.AudioDecoder;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.separation.SegmentModel;
import dev.stemfleet.worker.separation.Separated;
import dev.stemfleet.worker.separation.SeparationOrder;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemSink;
import dev.stemfleet.worker.separation.TrackLevel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/// Ways to separate one track, or to do only a part of it.
final class SeparateParts {
  private static final Set<Stem> STEMS = Set.copyOf(BenchStems.STEMS);

  private final Path folder;
  private final EncodedAudio track;
  private final float[][] mix;
  private final Separator separator;
  private final SoundFormat format;

  /// @param folder for the stems
  /// @param track a file to be separated
  /// @param encoders as a worker has them
  SeparateParts(Path folder, EncodedAudio track, Executor encoders, SoundFormat format) {
    this.folder = folder;
    this.track = track;
    this.separator = new Separator(encoders);
    this.format = format;
    this.mix = decoded(track);
  }

  private static float[][] decoded(EncodedAudio track) {
    float[][] mix = new float[2][Math.toIntExact(track.samples())];
    try (AudioDecoder decoder = AudioDecoder.open(track.file(), Trim.NONE)) {
      if (decoder.read(mix[0], mix[1]) != track.samples()) {
        throw new BenchFailure("the track is not as long as it was written");
      }
    }
    return mix;
  }

  /// Segments that a model needs for the track.
  int segments(ModelSpec spec) {
    int segment = spec.segments().samples();
    int stride = spec.segments().strideSamples();
    return 1 + Math.max(0, Math.ceilDiv(mix[0].length - segment, stride));
  }

  /// The runs of a model on all segments, one after the other and nothing beside.
  ///
  /// @return seconds in the runs, and of the processors meanwhile
  ProcessorTime inference(SegmentModel model) throws Exception {
    TimedModel timed = new TimedModel(model);
    ProcessorTime all =
        ProcessorTime.of(
            () -> {
              for (int segment = 0; segment < segments(model.spec()); segment++) {
                run(timed, segment);
              }
            });
    return new ProcessorTime(timed.seconds(), all.processors());
  }

  /// What a model answers to some segments of the track.
  List<List<Tensor>> answers(SegmentModel model, int count) {
    List<List<Tensor>> answers = new ArrayList<>();
    for (int i = 0; i < Math.min(count, segments(model.spec())); i++) {
      Tensor output = run(model, i * segments(model.spec()) / count);
      ArrayTensor answer = ArrayTensor.of(output.shape());
      output.get(0, answer.values(), 0, answer.values().length);
      answers.add(List.of(answer));
    }
    return answers;
  }

  /// Answers of a model that gives every stem a part of the mix, as a waveform.
  List<List<Tensor>> parts(ModelSpec spec) {
    int segment = spec.segments().samples();
    ArrayTensor waves = ArrayTensor.of(shapes(spec).getFirst());
    int count = Math.min(segment, mix[0].length);
    for (int row = 0; row < 2 * spec.stems().size(); row++) {
      for (int i = 0; i < count; i++) {
        waves.values()[row * segment + i] = 0.1f * (1 + row / 2) * mix[row % 2][i];
      }
    }
    List<Tensor> answer = new ArrayList<>(List.of(waves));
    shapes(spec).stream().skip(1).map(ArrayTensor::of).forEach(answer::add);
    return List.of(answer);
  }

  private static List<TensorShape> shapes(ModelSpec spec) {
    return spec.layout().outputs(1, spec.stems().size(), spec.segments());
  }

  private Tensor run(SegmentModel model, int index) {
    int segment = model.spec().segments().samples();
    int from = index * model.spec().segments().strideSamples();
    int count = Math.min(segment, mix[0].length - from);
    Exchange exchange = model.exchanges().getFirst();
    Tensor input = exchange.inputs(0).getFirst();
    for (int channel = 0; channel < 2; channel++) {
      input.put(channel * segment, mix[channel], from, count);
      input.put(channel * segment + count, new float[segment - count], 0, segment - count);
    }
    model.run(exchange, Set.of(0), 1);
    return exchange.outputs(0).getFirst();
  }

  /// The whole: decode, run, join, encode five stems.
  Contender.Work encoded(SegmentModel model) {
    return () -> {
      try (StemFiles files = new StemFiles(folder, format, STEMS)) {
        separate(model, files);
        files.finish(track.samples());
      }
    };
  }

  /// The same without encoders.
  Contender.Work joined(SegmentModel model) {
    return () -> separate(model, (stem, left, right, count) -> {});
  }

  private void separate(SegmentModel model, StemSink sink) {
    SeparationOrder order = new SeparationOrder(STEMS, track.samples(), TrackLevel.UNIT);
    try (AudioDecoder decoder = AudioDecoder.open(track.file(), Trim.NONE)) {
      Separated separated = separator.separate(decoder::read, model, order, sink, Progress.NONE);
      if (separated.samples() != track.samples()
          || separated.segments() != segments(model.spec())) {
        throw new BenchFailure("not the whole track was separated: " + separated);
      }
    }
  }
}
