package dev.stemfleet.dispatcher.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One file on its way: asks for what is missing, appends it, and says what the server's answer
/// means. Used by one thread; the client's threads write through it, one at a time.
final class Download {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18})");

  private final Web web;
  private final Order order;
  private final PartFile part;
  private final Watcher watcher;
  private final AtomicLong total = new AtomicLong(-1);
  private final AtomicLong there = new AtomicLong();
  private @Nullable Promise promise;
  private @Nullable RuntimeException refusal;

  Download(Web web, Order order, PartFile part, Watcher watcher) {
    this.web = web;
    this.order = order;
    this.part = part;
    this.watcher = watcher;
  }

  /// One try.
  ///
  /// @return what the server said of the file
  /// @throws TryAgain if another try may help; what came is kept
  /// @throws FetchException if another try cannot help
  Promise attempt() throws TryAgain, IOException, InterruptedException {
    URI uri = order.address().uri();
    there.set(part.bytes());
    refusal = null;
    Web.Answer answer;
    try {
      answer = web.get(uri, range(), this::receive, () -> watcher.at(there.get(), total.get()));
    } catch (IOException e) {
      throw new TryAgain("the connection broke (" + e.getMessage() + ")", Duration.ZERO);
    }
    if (refusal != null) {
      throw refusal;
    }
    Statuses.check(uri, order.address().endpoint() != null, answer);
    if (answer.status() == 416 && !isWhole()) {
      part.clear();
      throw new TryAgain("the server has another file now", Duration.ZERO);
    }
    Promise known = promise == null ? Promise.of(uri, order.sha256(), answer.first()) : promise;
    long wanted = Math.max(total.get(), known.bytes());
    if (wanted >= 0 && part.bytes() != wanted) {
      throw new TryAgain("%,d of %,d bytes came".formatted(part.bytes(), wanted), Duration.ZERO);
    }
    return known;
  }

  long bytes() throws IOException {
    return part.bytes();
  }

  private boolean isWhole() throws IOException {
    PartFile.Origin origin = part.origin();
    return origin != null && origin.bytes() == part.bytes();
  }

  /// The rest, on condition that the server still has the same file.
  private Map<String, String> range() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    PartFile.Origin origin = part.origin();
    if (origin != null
        && origin.address().equals(order.address().shown())
        && !origin.validator().isEmpty()) {
      headers.put("Range", "bytes=" + part.bytes() + "-");
      headers.put("If-Range", origin.validator());
    }
    return headers;
  }

  private Arrival receive(Web.Answer answer) {
    if (answer.status() != 200 && answer.status() != 206) {
      return Arrival.unwanted();
    }
    try {
      promise = Promise.of(order.address().uri(), order.sha256(), answer.first());
      begin(answer, promise);
      return Arrival.into(this::take);
    } catch (IOException e) {
      refusal = new FetchException(part.file() + ": cannot be written: " + e);
    } catch (RuntimeException e) {
      refusal = e;
    }
    return Arrival.unwanted();
  }

  /// Goes on behind what is there, or begins anew.
  private void begin(Web.Answer answer, Promise known) throws IOException {
    HttpHeaders headers = answer.headers();
    if (answer.status() == 206) {
      total.set(goOn(headers));
    } else {
      long length = Promise.number(headers.firstValue("content-length"));
      total.set(length >= 0 ? length : known.bytes());
      part.restart(
          new PartFile.Origin(order.address().shown(), Validator.of(headers), total.get()));
    }
    there.set(part.bytes());
    checkSize(known.bytes(), Math.max(total.get(), known.bytes()));
    if (known.bytes() >= 0 && total.get() >= 0 && known.bytes() != total.get()) {
      throw new FetchException(
          "%s: has %,d bytes, the repository says %,d"
              .formatted(Shown.of(order.address().uri()), total.get(), known.bytes()));
    }
    requireRoom(total.get() - part.bytes());
  }

  /// @return bytes of the whole file
  private long goOn(HttpHeaders headers) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(headers.firstValue("content-range").orElse(""));
    PartFile.Origin origin = part.origin();
    if (!range.matches()
        || origin == null
        || Long.parseLong(range.group(1)) != part.bytes()
        || (origin.bytes() >= 0 && origin.bytes() != Long.parseLong(range.group(2)))) {
      part.clear();
      throw new FetchException(
          Shown.of(order.address().uri()) + ": sends another part than was asked for");
    }
    return Long.parseLong(range.group(2));
  }

  /// What is too large is not worth keeping.
  private void checkSize(long announced, long bytes) throws IOException {
    try {
      Statuses.checkSize(order, announced, bytes);
    } catch (FetchException e) {
      part.clear();
      throw e;
    }
  }

  private void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part.file()).getUsableSpace();
    if (bytes > room) {
      throw new FetchException(
          "%s: %,d bytes are missing, the disk has room for %,d"
              .formatted(part.file(), bytes, room));
    }
  }

  private void take(ByteBuffer bytes) throws IOException {
    long after = there.get() + bytes.remaining();
    checkSize(promise == null ? -1 : promise.bytes(), after);
    part.append(bytes);
    there.set(after);
  }

  /// What another try may mend.
  static final class TryAgain extends Exception {
    private final Duration pause;

    /// @param pause that the server asks for
    TryAgain(String why, Duration pause) {
      super(why);
      this.pause = pause;
    }

    Duration pause() {
      return pause;
    }
  }
}
