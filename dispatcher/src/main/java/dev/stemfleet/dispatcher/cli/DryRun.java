package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.show.TextTable;
import dev.stemfleet.dispatcher.submit.JobSink;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.stream.Collectors;

/// A sink that shows jobs instead of sending them, and keeps nothing: one JSON object a line, or a
/// table when it is closed.
final class DryRun implements JobSink {
  private final Screen screen;
  private final boolean json;
  private final TextTable table =
      new TextTable("JOB", "CHANNEL", "STEMS", "PRODUCTS", "PUBLISH", "DIRECTORY");

  DryRun(Screen screen, boolean json) {
    this.screen = screen;
    this.json = json;
  }

  @Override
  public void keep(AssetRef asset, byte[] bytes) {
    // Nothing is to be left behind.
  }

  @Override
  public void send(TrackPlan track) {
    for (Job job : track.jobs()) {
      if (json) {
        screen.line(JsonLine.of(job));
      } else {
        row(job);
      }
    }
  }

  @Override
  public void close() {
    if (!table.isEmpty()) {
      table.lines().forEach(screen::line);
    }
  }

  private void row(Job job) {
    OffsetDateTime publishAt = job.publishAt();
    table.row(
        job.jobId(),
        job.channel().key(),
        job.channel().stems().stream().map(Stem::key).collect(Collectors.joining(",")),
        job.products().stream()
            .map(product -> product.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(",")),
        publishAt == null ? "-" : publishAt,
        job.directory());
  }
}
