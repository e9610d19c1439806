package dev.stemfleet.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of queues promises what the contract tries, and nothing else.
final class PromisesTest {
  private static final List<Class<? extends JobQueueContract>> SUITES =
      List.of(ShareQueueContractTest.class, GroupQueueContractTest.class);

  @Test
  void theTableOfPromisesIsUpToDate() throws IOException {
    Terms share = new ShareKind().terms();
    Terms group = new GroupKind().terms();

    GeneratedFile.checkTable(
        "concepts/queues.md",
        "## What each promises",
        Arrays.stream(Promise.values())
            .map(promise -> promise.row(share, group) + "\n")
            .collect(
                Collectors.joining("", "| promise | `share` | `group` |\n|---|---|---|\n", "")));
  }

  @Test
  void everyPromiseIsTriedOnEveryQueueAndEveryTestNamesOne() {
    for (Class<? extends JobQueueContract> suite : SUITES) {
      // Nothing of the contract is left out by one of them
      assertThat(tests(suite)).as("%s adds no tests of its own", suite).isEmpty();
    }
    Set<Promise> kept = EnumSet.noneOf(Promise.class);
    for (Method test : tests(JobQueueContract.class)) {
      Keeps keeps = test.getAnnotation(Keeps.class);
      assertThat(keeps).as("%s names what it keeps", test.getName()).isNotNull();
      kept.addAll(List.of(keeps.value()));
    }
    assertThat(kept).containsExactlyInAnyOrder(Promise.values());
  }

  private static List<Method> tests(Class<?> suite) {
    return Arrays.stream(suite.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .toList();
  }
}
