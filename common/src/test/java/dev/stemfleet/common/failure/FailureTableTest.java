package dev.stemfleet.common.failure;

import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class FailureTableTest {
  @Test
  void theTableOfFailuresIsUpToDate() throws IOException {
    StringBuilder table =
        new StringBuilder(
            """
            # Failures

            Every failed result names one of these codes. *Retried* failures are tried again by the
            worker while it holds the job, then by others, and end like the rest when all have tried;
            the rest end the job at once with a failed result and, but for `cancelled`, an entry on
            the dead topic, from which `stemfleet retry` sends it again.

            | code | retried | meaning | what to do |
            |---|---|---|---|
            """);
    for (FailureCode code : FailureCode.values()) {
      table.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  code.name().toLowerCase(Locale.ROOT),
                  code.policy() == FailureCode.Policy.RETRY ? "yes" : "no",
                  code.meaning(),
                  code.advice()));
    }

    GeneratedFile.check("failures.md", table.toString());
  }
}
