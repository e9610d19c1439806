package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void threadsThatAskAtOnceShareOneMaking() throws Exception {
    // Given a value that is not made before all have asked
    Once<String, Integer> once = new Once<>(4);
    CountDownLatch asking = new CountDownLatch(6);
    Callable<Integer> ask =
        () -> {
          asking.countDown();
          return once.get(
              "a",
              () -> {
                try {
                  asking.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return made.incrementAndGet();
              });
        };

    List<Integer> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Integer> value : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask))) {
        seen.add(value.get());
      }
    }

    assertThat(seen).containsOnly(1);
    assertThat(made).hasValue(1);
  }

  @Test
  void theLeastRecentlyUsedValueGoes() {
    Once<String, Integer> once = new Once<>(2);
    once.get("a", made::incrementAndGet);
    once.get("b", made::incrementAndGet);
    once.get("a", made::incrementAndGet);
    once.get("c", made::incrementAndGet);

    assertThat(once.get("a", made::incrementAndGet)).isEqualTo(1);
    assertThat(once.get("b", made::incrementAndGet)).isEqualTo(4);
  }

  @Test
  void aFailureIsNotKept() {
    Once<String, Integer> once = new Once<>(2);
    assertThatThrownBy(
            () ->
                once.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(once.get("a", made::incrementAndGet)).isEqualTo(1);
  }
}
