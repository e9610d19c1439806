package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.dispatcher.show.JobLine;
import dev.stemfleet.dispatcher.watch.BatchState;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Jobs, a page at a time. Pure.
final class JobPages {
  static final int PER_PAGE = 50;
  private static final Set<String> STATES =
      Set.of("queued", "running", "retrying", "done", "failed", "cancelled");

  private JobPages() {}

  /// What is looked for; an empty text stands for all.
  ///
  /// @param batch its whole name
  /// @param words that the name, the channel, the batch or the job id must hold, in any case
  /// @param page from 1
  record Query(String state, String batch, String words, int page) {
    static Query of(Request request) {
      String state = request.parameter("state").orElse("");
      if (!state.isEmpty() && !STATES.contains(state)) {
        throw new RequestRefused(400, "state: there is no such state");
      }
      String page = request.parameter("page").orElse("1");
      if (!page.matches("[1-9]\\d{0,8}")) {
        throw new RequestRefused(400, "page: a number from 1 on");
      }
      return new Query(
          state,
          request.parameter("batch").orElse(""),
          request.parameter("q").orElse("").strip().toLowerCase(Locale.ROOT),
          Integer.parseInt(page));
    }
  }

  /// @param total jobs that were found
  /// @param jobs of this page, those of the newest batch first
  record Page(int total, int page, int pages, List<JobLine> jobs) {}

  static Page of(Fleet fleet, Query query) {
    List<JobLine> jobs = new ArrayList<>();
    long from = (query.page() - 1L) * PER_PAGE;
    int total = 0;
    for (BatchState batch : fleet.batches().reversed()) {
      if (!query.batch().isEmpty() && !batch.name().equals(query.batch())) {
        continue;
      }
      for (JobState job : batch.jobs()) {
        JobLine line = JobLine.of(job);
        if (!fits(line, query)) {
          continue;
        }
        if (total >= from && jobs.size() < PER_PAGE) {
          jobs.add(line);
        }
        total++;
      }
    }
    return new Page(total, query.page(), Math.ceilDiv(total, PER_PAGE), jobs);
  }

  /// A job of the fleet's memory.
  static Optional<JobState> find(Fleet fleet, String jobId) {
    return fleet.batches().stream()
        .flatMap(batch -> batch.jobs().stream())
        .filter(job -> job.info().jobId().equals(jobId))
        .findFirst();
  }

  private static boolean fits(JobLine job, Query query) {
    return (query.state().isEmpty() || query.state().equals(job.state()))
        && (query.words().isEmpty()
            || holds(job.name(), query)
            || holds(job.channel(), query)
            || holds(job.batch(), query)
            || job.jobId().equals(query.words()));
  }

  private static boolean holds(String text, Query query) {
    return text.toLowerCase(Locale.ROOT).contains(query.words());
  }
}
