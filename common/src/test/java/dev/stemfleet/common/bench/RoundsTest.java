package dev.stemfleet.common.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private static final Machine MACHINE = new Machine("a processor", 2, "Linux", "25", 0.5);

  @Test
  void contendersTakeTurns() throws Exception {
    List<String> order = new ArrayList<>();

    Rounds.run(2, List.of(fixed("a", order, 1.0), fixed("b", order, 2.0)));

    assertThat(order).containsExactly("a", "b", "a", "b");
  }

  @Test
  void theRatioIsTheMedianOfTheRoundsRatios() throws Exception {
    // A machine that slows down in the second round slows both.
    Rounds rounds =
        Rounds.run(
            3,
            List.of(
                each("theirs", List.of(10.0, 30.0, 20.0)), each("ours", List.of(1.0, 3.0, 1.0))));

    assertThat(rounds.ratio("theirs", "ours")).isEqualTo(10);
    assertThat(rounds.median("theirs")).isEqualTo(20);
    assertThat(Rounds.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
  }

  @Test
  void aTimedContenderTakesAsLongAsItsWork() throws Exception {
    long start = System.nanoTime();
    double seconds = Contender.timed("work", Thread::onSpinWait).work().call();

    assertThat(seconds).isBetween(0.0, (System.nanoTime() - start) / 1e9);
  }

  @Test
  void theJsonLineHoldsFiguresRawTimesAndMachine() throws Exception {
    BenchResult result = result(Map.of("ratio", 250.0));

    JsonNode json = new ObjectMapper().readTree(result.json());

    assertThat(result.json()).doesNotContain("\n");
    assertThat(json.get("bench").asText()).isEqualTo("still-video");
    assertThat(json.get("ratio").asDouble()).isEqualTo(250);
    assertThat(json.get("met").asBoolean()).isTrue();
    assertThat(json.get("raw_seconds").get("ours").get(0).asDouble()).isEqualTo(0.25, within(1e-9));
    assertThat(json.get("machine").get("cores").asInt()).isEqualTo(2);
  }

  @Test
  void aMissedTargetIsSaid() {
    BenchResult result = result(Map.of("ratio", 199.9));

    assertThat(result.met()).isFalse();
    assertThat(result.lines()).anySatisfy(line -> assertThat(line).contains("ratio", "MISSED"));
    assertThat(result(Map.of("ratio", Double.NaN)).met()).isFalse();
  }

  @Test
  void aTargetForNothingIsAnError() {
    assertThatThrownBy(() -> result(Map.of("seconds", 1.0))).hasMessageContaining("ratio");
  }

  private static BenchResult result(Map<String, Double> figures) {
    return new BenchResult(
        "still-video",
        "one video",
        figures,
        List.of(BenchResult.Target.atLeast("ratio", 200)),
        Map.of("ours", List.of(0.25)),
        MACHINE);
  }

  private static Contender fixed(String name, List<String> order, double seconds) {
    return new Contender(
        name,
        () -> {
          order.add(name);
          return seconds;
        });
  }

  private static Contender each(String name, List<Double> seconds) {
    Iterator<Double> times = seconds.iterator();
    return new Contender(name, times::next);
  }
}
