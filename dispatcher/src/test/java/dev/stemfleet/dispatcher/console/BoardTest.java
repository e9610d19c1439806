package dev.stemfleet.dispatcher.console;

import static dev.stemfleet.dispatcher.watch.Messages.RUN_1;
import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.failed;
import static dev.stemfleet.dispatcher.watch.Messages.heartbeat;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static dev.stemfleet.dispatcher.watch.Messages.progressed;
import static dev.stemfleet.dispatcher.watch.Messages.started;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.kafka.QueueUse;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Event.WorkerState;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.dispatcher.watch.FleetView;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What browsers are told of a fleet, and how little of it when little changes.
final class BoardTest {
  private static final String HOSTILE = "<script>alert(1)</script>\u202e\r\n\ndata: x\u2028";

  @TempDir Path folder;
  private final FleetView view = new FleetView();
  private final Job main = job("main");
  private final Job drums = job("drums");

  private Board board() {
    QueueUse use = new QueueUse(QueueMode.SHARE, 3, 1900, 2000);
    return BoardMaker.of(
        view.snapshot(at(100)),
        new QueueAsker.Answer(Optional.of(use), Optional.empty()),
        new FleetReader.State(false, 2, null));
  }

  private static JsonNode json(String text) {
    try {
      return Json.lenient().readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(text, e);
    }
  }

  @Test
  void theBoardShowsBatchesWorkersAndTheQueueAsTheCommandsDo() {
    view.apply(main);
    view.apply(drums);
    view.apply(started(main, "w1", 90));
    view.apply(progressed(main, "w1", 95, "separate", 0.5, 0.4));
    view.apply(failed(drums, "w2", 80));
    view.apply(heartbeat("w1", 99, WorkerState.WORKING));
    view.apply(heartbeat("w2", -100, WorkerState.IDLE));

    JsonNode set = json(board().whole()).get("set");

    assertThat(set.at("/totals/counts/running").asInt()).isEqualTo(1);
    assertThat(set.at("/totals/workers").asInt()).isEqualTo(1);
    assertThat(set.at("/totals/unreadable").asInt()).isEqualTo(2);
    assertThat(set.get("batch/friday").get("overall").asDouble()).isEqualTo(0.7);
    assertThat(set.get("worker/w1").at("/job/stage").asText()).isEqualTo("separate");
    assertThat(set.get("worker/w1").at("/last/model/id").asText()).isEqualTo("builtin");
    assertThat(set.get("worker/w2").get("lost").asBoolean()).isTrue();
    assertThat(set.at("/queue/nearlyFull").asBoolean()).isTrue();
    assertThat(set.at("/queue/holder/jobId").asText()).isEqualTo(main.jobId());
  }

  @Test
  void onlyWhatChangedIsSent() {
    view.apply(main);
    view.apply(heartbeat("w1", 90, WorkerState.IDLE));
    Board before = board();
    assertThat(board().since(before)).isEmpty();

    view.apply(heartbeat("w1", 99, WorkerState.STOPPED));
    JsonNode changes = json(board().since(before));

    assertThat(changes.get("set").fieldNames()).toIterable().containsExactly("totals", "worker/w1");
    assertThat(changes.get("gone")).isEmpty();
    assertThat(json(new Board(at(1), java.util.Map.of()).since(before)).get("gone"))
        .extracting(JsonNode::asText)
        .contains("batch/friday", "worker/w1");
  }

  @Test
  void hostileNamesStayInsideOneLineOfJson() {
    view.apply(
        new Event.Started(
            Schema.VERSION,
            "0123456789abcdef",
            RUN_1,
            HOSTILE,
            HOSTILE,
            at(1),
            HOSTILE,
            HOSTILE,
            HOSTILE,
            1));
    view.apply(heartbeat(HOSTILE, 99, WorkerState.WORKING));

    String whole = board().whole();

    assertThat(whole).doesNotContain("\n", "\r");
    JsonNode set = json(whole).get("set");
    assertThat(set.get("batch/" + HOSTILE).get("name").asText()).isEqualTo(HOSTILE);
    assertThat(set.get("worker/" + HOSTILE).at("/job/name").asText()).contains(HOSTILE);
  }

  @Test
  void aLongHistoryMakesNoLongBoardAndIsReadInPages() {
    for (int i = 0; i < 3000; i++) {
      view.apply(job("batch-" + i % 300, "main", "Artist", "Song " + i));
    }
    Board board = board();
    assertThat(board.pieces().keySet().stream().filter(key -> key.startsWith("batch/")))
        .hasSize(BoardMaker.MOST_BATCHES);
    assertThat(board.whole()).hasSizeLessThan(40_000);
    assertThat(json(board.whole()).at("/set/totals/batches").asInt()).isEqualTo(300);

    var all = new JobPages.Query("", "", "", 1);
    JobPages.Page page = JobPages.of(view.snapshot(at(100)), all);
    assertThat(page.jobs()).hasSize(JobPages.PER_PAGE);
    assertThat(page.total()).isEqualTo(3000);
    assertThat(page.pages()).isEqualTo(60);
    assertThat(
            JobPages.of(view.snapshot(at(1)), new JobPages.Query("queued", "batch-7", "", 1))
                .total())
        .isEqualTo(10);
    assertThat(JobPages.of(view.snapshot(at(1)), new JobPages.Query("", "", "song 2999", 1)).jobs())
        .extracting(line -> line.name())
        .containsExactly("Artist - Song 2999");
    assertThat(JobPages.of(view.snapshot(at(1)), new JobPages.Query("", "", "", 61)).jobs())
        .isEmpty();
    assertThat(JobPages.of(view.snapshot(at(1)), new JobPages.Query("done", "", "", 1)).total())
        .isZero();
  }

  @Test
  void theTimelineTellsWhenJobsEndedAndHowManyWereOpen() {
    view.apply(main);
    view.apply(drums);
    view.apply(job("backup"));
    view.apply(done(main, "w1", 30));
    view.apply(failed(drums, "w1", 65));

    Timeline time = Timeline.of(view.snapshot(at(90)), Duration.ofHours(1));

    assertThat(time.stepSeconds()).isEqualTo(60);
    assertThat(time.done().subList(57, 60)).containsExactly(0, 1, 0);
    assertThat(time.failed().subList(57, 60)).containsExactly(0, 0, 1);
    assertThat(time.open().subList(57, 60)).containsExactly(0, 2, 1);
  }

  @Test
  void aBrowserIsToldEverythingFirstAndThenWhatChanges() throws Exception {
    view.apply(main);
    try (ServedConsole console = new ServedConsole(view, folder, List.of());
        Socket socket = console.socket()) {
      String ask = "GET /api/events HTTP/1.1\r\nHost: " + console.host() + "\r\n\r\n";
      socket.getOutputStream().write(ask.getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

      assertThat(next(in, "event: ")).isEqualTo("all");
      assertThat(json(next(in, "data: ")).at("/set/totals/counts/queued").asInt()).isEqualTo(1);
      view.apply(done(main, "w1", 9));
      console.show(view);
      assertThat(next(in, "event: ")).isEqualTo("some");
      assertThat(json(next(in, "data: ")).at("/set/totals/counts/done").asInt()).isEqualTo(1);
    }
  }

  private static String next(BufferedReader in, String beginning) throws java.io.IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new AssertionError("the stream ended");
  }

  @Test
  void thePageMayRunNothingThatStandsInItsMarkup() throws Exception {
    try (ServedConsole console = new ServedConsole(view, folder, List.of())) {
      for (String path : PageFiles.load().paths()) {
        var file = console.get(path);
        assertThat(file.status()).as(path).isEqualTo(200);
        assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.header("Content-Security-Policy").orElseThrow())
            .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(file.text())
            .as(path)
            .doesNotContain(
                "innerHTML", "insertAdjacentHTML", "eval(", "https://", " style=", " onclick=");
        String mark = file.header("ETag").orElseThrow();
        assertThat(console.get(path, "If-None-Match: " + mark).status()).isEqualTo(304);
      }
    }
  }
}
