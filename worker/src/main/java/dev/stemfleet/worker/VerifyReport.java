package dev.stemfleet.worker;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCheck;
import dev.stemfleet.worker.model.NodeTimes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What came of the check of one model, as programs read it.
///
/// @param verdict [#OK], or in one line what is wrong
/// @param code of what is wrong; null if nothing is
/// @param sha256 of the model, as jobs name it
/// @param layout of a separation model's sound; the family of another
/// @param seen when a separation model ran; null if it did not
/// @param loadSeconds of a model that does not separate; null if it was not loaded
record VerifyReport(
    String model,
    String verdict,
    @Nullable FailureCode code,
    String definedIn,
    String layout,
    List<String> stems,
    String sha256,
    String device,
    String dtype,
    String licence,
    @Nullable Seen seen,
    @Nullable Double loadSeconds) {
  static final String OK = "ok";

  /// @param batch segments that the device takes at once
  /// @param runSeconds of one such run of all networks
  /// @param realTimeFactor seconds of sound per second of work
  /// @param deviceShare of node time that was spent on the device, 0…1
  /// @param onProcessor operators that ran on the processor instead, the longest first
  /// @param estimatedBytes of the device's memory, as budgets count them
  /// @param measuredBytes of memory that loading and running took; null where nobody tells
  record Seen(
      int batch,
      double loadSeconds,
      double runSeconds,
      double realTimeFactor,
      double deviceShare,
      List<NodeTimes.Operator> onProcessor,
      long estimatedBytes,
      @Nullable Long measuredBytes) {}

  static VerifyReport of(CatalogModel model, ModelCheck check) {
    Seen seen =
        new Seen(
            check.batch(),
            check.facts().loadSeconds(),
            check.runSeconds(),
            check.realTimeFactor(),
            check.deviceShare(),
            check.strayed(),
            check.memory().estimatedBytes(),
            check.memory().measuredBytes());
    return of(model, check.facts().device(), OK, null, seen, null);
  }

  static VerifyReport of(CatalogEntry model, Device on, SpeechCheck check) {
    return of(model, on.key(), OK, null, null, check.loadSeconds());
  }

  static VerifyReport of(CatalogEntry model, Device on, JobException failure) {
    return of(model, on.key(), String.valueOf(failure.getMessage()), failure.code(), null, null);
  }

  private static VerifyReport of(
      CatalogEntry model,
      String device,
      String verdict,
      @Nullable FailureCode code,
      @Nullable Seen seen,
      @Nullable Double loadSeconds) {
    return new VerifyReport(
        model.id(),
        verdict,
        code,
        model.definedIn(),
        switch (model) {
          case CatalogModel separating -> separating.spec().layout().key();
          case CatalogSpeech speech -> speech.spec().family().key();
          case CatalogRecogniser _ -> "whisper";
        },
        switch (model) {
          case CatalogModel separating -> separating.spec().stems();
          case CatalogSpeech _ -> List.of(Stem.NARRATION.key());
          case CatalogRecogniser _ -> List.of();
        },
        model.ref().sha256(),
        device,
        model.dtype(),
        switch (model) {
          case CatalogModel separating -> separating.spec().licence();
          case CatalogSpeech speech -> speech.spec().licence();
          case CatalogRecogniser listening -> listening.spec().licence();
        },
        seen,
        loadSeconds);
  }

  /// A block for people, every line with the model's id.
  ///
  /// @param facts that were seen
  List<String> lines(List<String> facts) {
    return Stream.concat(Stream.of(verdict), facts.stream())
        .map(line -> model + ": " + line)
        .toList();
  }
}
