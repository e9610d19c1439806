package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Boards as server-sent events: first all of it, then what changes. Thread-safe.
final class Streams {
  /// A browser with a dozen tabs has a dozen; beyond it, somebody takes more than they look at.
  static final int MOST = 100;

  private static final Duration QUIET = Duration.ofSeconds(15);
  private static final String TYPE = "text/event-stream; charset=utf-8";

  private final Noticeboard notices;
  private final Semaphore places = new Semaphore(MOST);

  Streams(Noticeboard notices) {
    this.notices = notices;
  }

  Answer open() {
    return new Answer(200, TYPE, Map.of(), new Answer.Body.Endless(this::tell));
  }

  private void tell(OutputStream out) throws IOException {
    if (!places.tryAcquire()) {
      send(out, "retry: 30000\nevent: full\ndata: {}\n\n");
      return;
    }
    try {
      follow(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    Noticeboard.Post known = notices.after(Noticeboard.Post.NONE, QUIET);
    send(out, "retry: 2000\nevent: all\ndata: " + known.board().whole() + "\n\n");
    while (!notices.isClosed()) {
      Noticeboard.Post next = notices.after(known, QUIET);
      String changes = next.board().since(known.board());
      // A client that has left is only noticed by writing, a server that has by its silence.
      send(
          out,
          changes.isEmpty()
              ? "event: still\ndata: {}\n\n"
              : "event: some\ndata: " + changes + "\n\n");
      known = next;
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
