package dev.stemfleet.dispatcher.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.ResultHead;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetView;
import dev.stemfleet.dispatcher.watch.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a job fails of: its result, `tail` and `status` say what, where, by whom, at which
/// attempt, and what to do.
final class FailureTextTest {
  private static final Job JOB = Messages.job("main");

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureIsToldWhole(FailureCode code) throws WireException {
    Result result = Wire.read(Wire.write(failed(code, "a.wav: why")), Result.class);
    String word = code.name().toLowerCase(Locale.ROOT);

    Map<String, Object> json = Json.toMap(result);
    assertThat(json).containsEntry("worker", "gpu-7").containsEntry("attempt", 3);
    assertThat(json.get("failure"))
        .isEqualTo(
            Map.of(
                "code", word, "stage", "measure", "cause", "a.wav: why", "advice", code.advice()));
    if (code != FailureCode.CANCELLED) {
      assertThat(ResultText.line(result)).contains(word, "measure", "a.wav: why", code.advice());
      assertThat(ResultText.line(result)).contains("attempt 3 on gpu-7");
      assertThat(status(result)).contains(word, "measure", "a.wav: why", code.advice(), "gpu-7");
    }
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyCodeHasAMeaningAndAnAdviceInSentences(FailureCode code) {
    assertThat(code.meaning()).matches("[A-Z].*\\.");
    assertThat(code.advice()).matches("[A-Z].*\\.");
    assertThat(failed(code, " ").failure().cause()).isEqualTo(code.meaning());
  }

  private static Result failed(FailureCode code, String cause) {
    Attempt attempt = new Attempt("gpu-7", 3, Messages.at(5), List.of(), Map.of());
    return ResultHead.of(JOB, "spec")
        .failed(attempt, new Failure(code, "measure", cause, code.advice()));
  }

  private static String status(Result result) {
    FleetView view = new FleetView();
    view.apply(JOB);
    view.apply(result);
    Fleet fleet = view.snapshot(Messages.at(6));
    return String.join("\n", new StatusReport(fleet, fleet.batches(), Optional.empty()).lines());
  }
}
