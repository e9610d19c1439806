package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Treatment;
import dev.stemfleet.common.domain.ModelSpec.Window;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The YAML of a separation model, field by field. Unknown, missing, repeated and ill-typed fields
/// are errors that name the file and the path of the key.
record ModelDefinition(
    String id,
    int revision,
    ModelLayout layout,
    List<FileFields> files,
    @Nullable List<SideFileFields> sideFiles,
    List<String> stems,
    ModelSpec.Sound sound,
    @Nullable Dtype dtype,
    SegmentFields segments,
    @Nullable TrackNormalisation trackNormalisation,
    @Nullable Integer shifts,
    @Nullable Boolean mixtureConsistency,
    @Nullable Boolean denoise,
    String licence,
    String source) {

  /// A network's file.
  record FileFields(
      String path,
      String sha256,
      long bytes,
      @Nullable List<String> stems,
      @Nullable List<String> inputs,
      @Nullable List<String> outputs) {
    FileFields {
      // Said here, where the parser knows which of the files it is.
      var _ = new ModelFile(path, sha256, bytes);
    }

    ModelFile toFile() {
      return new ModelFile(path, sha256, bytes, orNone(stems), orNone(inputs), orNone(outputs));
    }
  }

  /// A file that a network reads by itself.
  record SideFileFields(String path, String sha256, long bytes) {
    ModelFile toFile() {
      return new ModelFile(path, sha256, bytes);
    }
  }

  /// How a track is cut.
  record SegmentFields(
      int samples,
      int strideSamples,
      Window window,
      @Nullable Integer fadeSamples,
      @Nullable Border border,
      @Nullable Integer batch) {
    SegmentFields {
      // Said here, where the parser knows the field's path.
      var _ = toSegments(samples, strideSamples, window, fadeSamples, border, batch);
    }

    Segments toSegments() {
      return toSegments(samples, strideSamples, window, fadeSamples, border, batch);
    }

    private static Segments toSegments(
        int samples,
        int strideSamples,
        Window window,
        @Nullable Integer fadeSamples,
        @Nullable Border border,
        @Nullable Integer batch) {
      Segments plain = new Segments(samples, strideSamples, window);
      return new Segments(
          samples,
          strideSamples,
          window,
          Objects.requireNonNullElse(fadeSamples, plain.fadeSamples()),
          Objects.requireNonNullElse(border, plain.border()),
          Objects.requireNonNullElse(batch, plain.batch()));
    }
  }

  ModelSpec toSpec() {
    return new ModelSpec(
        id,
        revision,
        layout,
        files.stream().map(FileFields::toFile).toList(),
        orNone(sideFiles).stream().map(SideFileFields::toFile).toList(),
        stems,
        sound,
        Objects.requireNonNullElse(dtype, Dtype.FLOAT32),
        segments.toSegments(),
        new Treatment(
            Objects.requireNonNullElse(trackNormalisation, TrackNormalisation.NONE),
            Objects.requireNonNullElse(shifts, 0),
            Objects.requireNonNullElse(mixtureConsistency, false),
            Objects.requireNonNullElse(denoise, false)),
        licence,
        source);
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}
