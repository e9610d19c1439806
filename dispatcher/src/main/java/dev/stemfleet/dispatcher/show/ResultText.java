package dev.stemfleet.dispatcher.show;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.watch.JobInfo;
import java.util.Locale;

/// A result as one line.
public final class ResultText {
  private ResultText() {}

  /// `done main An Artist - A Title 49 s friday/…`, or `FAILED main … in <stage>: why; what to do
  /// (code, attempt and worker)`.
  public static String line(Result result) {
    String name = JobInfo.named(result.artist(), result.title());
    return clean("%s  %s  %s  %s".formatted(word(result), result.channel(), name, end(result)));
  }

  /// A code as results and the documentation spell it.
  static String word(FailureCode code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Result result) {
    Failure failure = result.failure();
    if (failure == null) {
      return "done  ";
    }
    return failure.code() == FailureCode.CANCELLED ? "cancelled" : "FAILED";
  }

  private static String end(Result result) {
    Failure failure = result.failure();
    if (failure != null && failure.code() == FailureCode.CANCELLED) {
      return "";
    }
    if (failure != null) {
      return "in %s: %s; %s (%s, attempt %d on %s)"
          .formatted(
              failure.stage(),
              failure.cause(),
              failure.advice(),
              word(failure.code()),
              result.attempt(),
              result.worker());
    }
    String directory = result.directory();
    String time =
        result.replayed() ? "was there already" : TimeText.ofSeconds(stageSeconds(result));
    return time
        + "  "
        + (directory == null ? "" : directory)
        + (result.warnings().isEmpty() ? "" : "  warning: " + String.join("; ", result.warnings()));
  }

  /// Time of all stages together.
  static double stageSeconds(Result result) {
    return result.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String clean(String text) {
    return TextWidth.cut(text, Integer.MAX_VALUE);
  }
}
