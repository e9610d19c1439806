package dev.stemfleet.dispatcher.fetch;

import dev.stemfleet.common.domain.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Fetches files from web servers: goes on with what an earlier try left, tries again when the
/// network fails, and hands over only what is whole and has the digest that was promised. Used by
/// one thread at a time; the owner closes it.
public final class Fetcher implements AutoCloseable {
  private static final int MOST_TEXT_BYTES = 1 << 20;
  private static final int MOST_TRIES = 1000;

  private final Patience patience;
  private final Web web;

  Fetcher(Patience patience, RedirectRule rule, Web.Access access, Proxies proxies) {
    this.patience = patience;
    web = new Web(patience, rule, access, proxies);
  }

  /// @param endpoint that `token` is for
  /// @param token for files that are not open to everybody; empty if there is none
  public static Fetcher of(Patience patience, URI endpoint, String token, Proxies proxies) {
    return new Fetcher(
        patience, RedirectRule.ofMachine(), new Web.Access(endpoint, token), proxies);
  }

  /// Where the part of a file lies while it comes, and stays when it could not be fetched.
  public static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /// Fetches one file. What came of it stays for the next try, unless its bytes are wrong.
  ///
  /// @throws FetchException naming the address, if it cannot be had
  /// @throws IOException if the disk fails
  public Fetched fetch(Order order, Watcher watcher) throws IOException, InterruptedException {
    try (PartFile part = PartFile.open(order.file())) {
      Download download = new Download(web, order, part, watcher);
      try {
        return checked(order, part, whole(order, download, watcher));
      } catch (WrongBytes e) {
        part.clear();
        throw e.reason();
      }
    }
  }

  private Promise whole(Order order, Download download, Watcher watcher)
      throws IOException, InterruptedException {
    int failed = 0;
    long before = download.bytes();
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        return download.attempt();
      } catch (Download.TryAgain e) {
        long bytes = download.bytes();
        failed = bytes > before ? 1 : failed + 1;
        before = bytes;
        String why = String.valueOf(e.getMessage());
        if (failed >= patience.tries()) {
          throw givenUp(order, why, bytes);
        }
        Duration pause = patience.pause(failed, e.pause());
        watcher.trying(why, bytes, pause);
        patience.timer().of(pause);
      }
    }
    throw givenUp(order, "it comes in too small pieces", download.bytes());
  }

  private static FetchException givenUp(Order order, String why, long bytes) {
    String kept = bytes > 0 ? "; %,d bytes are kept, the next try goes on".formatted(bytes) : "";
    return new FetchException(order.address().shown() + ": " + why + kept);
  }

  private static Fetched checked(Order order, PartFile part, Promise promise)
      throws IOException, WrongBytes {
    String sha256 = Sha256.ofFile(part.file());
    if (promise.sha256() != null && !promise.sha256().equals(sha256)) {
      throw new WrongBytes(
          "%s: sha256 is %s, %s says %s"
              .formatted(
                  order.address().shown(),
                  sha256,
                  order.sha256() == null ? "the repository" : "--sha256",
                  promise.sha256()));
    }
    long bytes = part.bytes();
    part.finish();
    return new Fetched(order.file(), bytes, sha256, promise.sha256() != null, promise.commit());
  }

  /// A text of at most 1 MiB, if the server has one there.
  ///
  /// @throws FetchException naming the address, if the server cannot be asked
  public Optional<String> text(URI uri) throws InterruptedException {
    int failed = 0;
    while (true) {
      try {
        return tryText(uri);
      } catch (IOException | Download.TryAgain e) {
        failed++;
        if (failed >= patience.tries()) {
          throw new FetchException(Shown.of(uri) + ": " + e.getMessage());
        }
        patience.timer().of(patience.pause(failed, Duration.ZERO));
      }
    }
  }

  private Optional<String> tryText(URI uri)
      throws IOException, Download.TryAgain, InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Web.Answer answer =
        web.get(
            uri,
            Map.of(),
            a -> a.status() == 200 ? Arrival.into(b -> add(uri, text, b)) : Arrival.unwanted(),
            () -> {});
    if (answer.status() / 100 == 4 && answer.status() != 408 && answer.status() != 429) {
      return Optional.empty();
    }
    Statuses.check(uri, false, answer);
    String type = answer.headers().firstValue("content-type").orElse("");
    String found = text.toString(StandardCharsets.UTF_8);
    boolean page = type.contains("html") || found.stripLeading().startsWith("<");
    return page || found.isBlank() ? Optional.empty() : Optional.of(found);
  }

  private static void add(URI uri, ByteArrayOutputStream text, ByteBuffer bytes) {
    if (text.size() + bytes.remaining() > MOST_TEXT_BYTES) {
      throw new FetchException(Shown.of(uri) + ": is too long for a licence");
    }
    byte[] block = new byte[bytes.remaining()];
    bytes.get(block);
    text.writeBytes(block);
  }

  @Override
  public void close() {
    web.close();
  }

  /// What came is not what was promised.
  private static final class WrongBytes extends Exception {
    private final FetchException reason;

    WrongBytes(String why) {
      super(why);
      reason = new FetchException(why);
    }

    FetchException reason() {
      return reason;
    }
  }
}
