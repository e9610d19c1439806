package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import java.util.List;
import java.util.stream.Stream;

/// What a model takes of its device's memory, estimated from its definition: before a load nothing
/// better is known, and ONNX Runtime tells Java nothing of its arenas afterwards.
///
/// Counted are the files (weights stay as they are), the tensors of the exchanges, and what a
/// network needs between its layers: 40 times the tensors of one run. With that factor HTDemucs, at
/// 7.8 s a segment, comes to the 3 GB that its authors give as the least that a GPU must have.
///
/// Of a speech model: the files, and the caches of its language model for a long chunk, 240 KiB a
/// position and row (Turbo: 192 KiB and one row), twice, because a step reads one and writes the
/// other.
///
/// Context and kernels of CUDA, about half a gigabyte a process, are not counted.
final class ModelBytes {
  private static final int EXCHANGES = 3;
  private static final int BETWEEN_LAYERS = 40;

  /// That the caches of a speech model's language model hold in a long chunk.
  private static final long POSITIONS = 1000;

  /// 30 s of sound between Whisper's layers.
  private static final long HEARING = 256L << 20;

  private ModelBytes() {}

  static long of(CatalogEntry model) {
    return switch (model) {
      case CatalogModel separating -> of(separating.spec());
      case CatalogSpeech speech -> files(model) + caches(speech.spec().family());
      case CatalogRecogniser _ -> files(model) + HEARING;
    };
  }

  private static long of(ModelSpec spec) {
    long files =
        Stream.concat(spec.files().stream(), spec.sideFiles().stream())
            .mapToLong(ModelFile::bytes)
            .sum();
    return files + (EXCHANGES + BETWEEN_LAYERS) * tensors(spec);
  }

  private static long files(CatalogEntry model) {
    return model.allFiles().stream().mapToLong(ModelFile::bytes).sum();
  }

  private static long caches(SpeechFamily family) {
    return switch (family) {
      case ENGLISH, MULTILINGUAL -> 2 * POSITIONS * 2 * (240L << 10);
      case TURBO -> 2 * POSITIONS * (192L << 10);
      case DEMONSTRATION -> 0;
    };
  }

  /// All tensors of one run.
  private static long tensors(ModelSpec spec) {
    ModelLayout layout = spec.layout();
    int batch = spec.segments().batch();
    long values = 0;
    for (int network = 0; network < spec.files().size(); network++) {
      int stems = spec.stemsOf(network).size();
      values += size(layout.inputs(batch, stems, spec.segments()));
      values += size(layout.outputs(batch, stems, spec.segments()));
    }
    return values
        * switch (spec.dtype()) {
          case FLOAT32, MIXED -> Float.BYTES;
          case FLOAT16 -> Short.BYTES;
        };
  }

  private static long size(List<TensorShape> shapes) {
    return shapes.stream().mapToLong(TensorShape::size).sum();
  }
}
