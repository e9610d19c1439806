package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Spec;
import java.util.List;

/// Every job that was submitted has exactly one answer, however often it is repeated; what failed
/// lies on the dead topic.
final class EveryJobAnswered implements Guarantee {
  @Override
  public void holdsIn(Evidence evidence) {
    assertThat(evidence.answers().keySet())
        .containsExactlyInAnyOrderElementsOf(
            evidence.submitted().stream().map(EveryJobAnswered::key).toList());
    for (Result result : evidence.results()) {
      Result first =
          evidence
              .answers()
              .get(new Evidence.AnswerKey(result.jobId(), result.run(), result.specHash()));
      assertThat(result.state()).as(result.jobId()).isEqualTo(first.state());
      assertThat(result.files()).as(result.jobId()).isEqualTo(first.files());
    }
    List<String> failed =
        evidence.answers().values().stream()
            .filter(result -> !result.succeeded())
            .map(Result::jobId)
            .toList();
    assertThat(evidence.dead())
        .extracting(dead -> dead.job().jobId())
        .containsExactlyInAnyOrderElementsOf(failed);
  }

  private static Evidence.AnswerKey key(Job job) {
    return new Evidence.AnswerKey(job.jobId(), job.run(), Spec.hash(job));
  }
}
