package dev.stemfleet.worker;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCheck;
import dev.stemfleet.worker.model.NodeTimes;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What came of the check of one model, as programs read it.
///
/// @param verdict [#OK], or in one line what is wrong
/// @param code of what is wrong; null if nothing is
/// @param sha256 of the model, as jobs name it
/// @param seen when it ran; null if it did not
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
    @Nullable Seen seen) {
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
    return of(model, check.facts().device(), OK, null, seen);
  }

  static VerifyReport of(CatalogModel model, Device on, JobException failure) {
    return of(model, on.key(), String.valueOf(failure.getMessage()), failure.code(), null);
  }

  private static VerifyReport of(
      CatalogModel model,
      String device,
      String verdict,
      @Nullable FailureCode code,
      @Nullable Seen seen) {
    ModelSpec spec = model.spec();
    return new VerifyReport(
        spec.id(),
        verdict,
        code,
        model.definedIn(),
        spec.layout().key(),
        spec.stems(),
        spec.ref().sha256(),
        device,
        spec.dtype().name().toLowerCase(Locale.ROOT),
        spec.licence(),
        seen);
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
