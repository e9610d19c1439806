package dev.stemfleet.worker.docs;

import dev.stemfleet.common.metrics.Label;
import dev.stemfleet.common.metrics.Meter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The page of meters, as the table of meters makes it.
final class MetersPage {
  private MetersPage() {}

  static String text() {
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            What is measured, and where it is read. How to watch a fleet with it:
            [watch a fleet](../how-to/watch-a-fleet.md).

            | who | started with | shows |
            |---|---|---|
            | a worker | `./stemfleet worker --http HOST:PORT` | its own meters |
            | the workers of a machine | `./stemfleet fleet --http HOST:PORT` | the first at that port, each further one at the next |
            | one for the fleet | `./stemfleet metrics --http HOST:PORT` | the queue and what all workers say; works without workers |

            Without `--http` a worker opens no port. Port 0 takes a free one, which the log and the
            heartbeat name. Everybody who can connect can read the pages; they hold no names of
            jobs, tracks or batches. A host left out (`:9464`) means every address of the machine.

            | path | answers |
            |---|---|
            | `/metrics` | all meters, as Prometheus reads them (text format 0.0.4), and those of the JVM (`jvm_*`, `process_*`) |
            | `/healthz` | 200 while the program lives, else 503: a worker's job loop comes round. How long a job takes says nothing about that |
            | `/readyz` | 200 while a model is resident and jobs are taken, else 503 with the reason: loading, draining, unfit, no queue. Of `metrics`, while the brokers answer |

            By JMX a worker shows the same, as `dev.stemfleet:worker=ID,name=METER,LABEL=VALUE`, but
            for what comes and goes (models, disks, memory).

            """);
    table(page, "Of a worker", Meter.Source.WORKER);
    table(page, "Of the fleet", Meter.Source.FLEET);
    page.append("## Labels\n\n| label | values |\n|---|---|\n");
    for (Label label : Label.values()) {
      page.append("| `%s` | %s |\n".formatted(label.key(), label.meaning()));
    }
    page.append("\nHistograms have the same buckets everywhere, so workers can be added up: ");
    page.append(
        Meter.STAGE_SECONDS.bounds().stream()
            .map(bound -> bound.toString().replaceAll("\\.0$", ""))
            .collect(Collectors.joining(", ")));
    return page.append(" s.\n").toString();
  }

  private static void table(StringBuilder page, String title, Meter.Source source) {
    page.append("## ").append(title).append("\n\n| meter | type | labels | meaning |\n");
    page.append("|---|---|---|---|\n");
    Arrays.stream(Meter.values())
        .filter(meter -> meter.source() == source)
        .forEach(
            meter ->
                page.append(
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            meter.key(),
                            meter.kind().name().toLowerCase(Locale.ROOT),
                            meter.labels().stream()
                                .map(label -> "`" + label.key() + "`")
                                .collect(Collectors.joining(", ")),
                            meter.meaning())));
    page.append('\n');
  }
}
