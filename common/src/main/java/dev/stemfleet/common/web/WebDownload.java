package dev.stemfleet.common.web;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLSocketFactory;

/// Fetches files that strangers may name. Every connection, also after a redirect, goes to an
/// address that [WebGuard] allowed; size and time are limited. Proxies are not used, because they
/// would look names up themselves. Thread-safe; blocks the calling thread.
public final class WebDownload {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int BLOCK = 64 << 10;

  private final WebGuard guard;
  private final WebLimits limits;
  private final SSLSocketFactory tls;

  public WebDownload(WebGuard guard, WebLimits limits) {
    this(guard, limits, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  WebDownload(WebGuard guard, WebLimits limits, SSLSocketFactory tls) {
    this.guard = guard;
    this.limits = limits;
    this.tls = tls;
  }

  /// Fetches a whole file.
  ///
  /// @param file that is written; may be left half-written when this throws
  /// @param mostBytes it may have
  /// @param received is told how many bytes are there; what it throws ends the download
  /// @throws JobException SOURCE_FORBIDDEN, SOURCE_MISSING, SOURCE_TOO_LARGE or SOURCE_UNREACHABLE,
  ///   and DISK_FULL or OUTPUT_UNWRITABLE with the file's path
  public void fetch(URI start, Path file, long mostBytes, LongConsumer received) {
    long deadline = System.nanoTime() + limits.whole().toNanos();
    URI uri = start;
    try {
      for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
        try (WebAnswer answer = ask(uri, deadline)) {
          if (!REDIRECTS.contains(answer.status())) {
            requireOk(start, answer.status());
            requireFits(start, answer.length(), mostBytes);
            copy(start, answer.body(), file, mostBytes, received);
            return;
          }
          uri = WebGuard.redirected(uri, answer.header("location"));
        }
      }
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE,
          WebGuard.shown(start) + ": cannot be fetched: " + reason,
          e);
    }
    throw new JobException(
        FailureCode.SOURCE_FORBIDDEN,
        WebGuard.shown(start) + ": is redirected more than " + MOST_REDIRECTS + " times");
  }

  private WebAnswer ask(URI uri, long deadline) throws IOException {
    List<InetAddress> addresses = guard.addresses(uri);
    IOException last = new IOException("no address");
    for (InetAddress address : addresses) {
      try {
        return WebAnswer.of(uri, address, limits, deadline, tls);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static void copy(
      URI start, InputStream body, Path file, long mostBytes, LongConsumer received)
      throws IOException {
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    try (OutputStream out = open(file)) {
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        bytes += read;
        requireFits(start, bytes, mostBytes);
        write(out, block, read, file);
        received.accept(bytes);
      }
    }
  }

  private static OutputStream open(Path file) {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void write(OutputStream out, byte[] block, int length, Path file) {
    try {
      out.write(block, 0, length);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static JobException unwritable(Path file, IOException e) {
    String reason = String.valueOf(e.getMessage());
    boolean full = reason.contains("No space left") || reason.contains("quota");
    return new JobException(
        full ? FailureCode.DISK_FULL : FailureCode.OUTPUT_UNWRITABLE,
        "cannot write " + file + ": " + reason,
        e);
  }

  private static void requireFits(URI start, long bytes, long mostBytes) {
    if (bytes > mostBytes) {
      throw new JobException(
          FailureCode.SOURCE_TOO_LARGE,
          "%s: is larger than %d bytes".formatted(WebGuard.shown(start), mostBytes));
    }
  }

  private static void requireOk(URI start, int status) {
    FailureCode code =
        switch (status) {
          case 200 -> null;
          case 404, 410 -> FailureCode.SOURCE_MISSING;
          case 401, 403 -> FailureCode.SOURCE_FORBIDDEN;
          default -> FailureCode.SOURCE_UNREACHABLE;
        };
    if (code != null) {
      throw new JobException(code, WebGuard.shown(start) + ": the server answered " + status);
    }
  }
}
