package dev.stemfleet.common.web;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// Fetches files that strangers may name. Every connection, also after a redirect, goes to an
/// address that [WebGuard] allowed; size and time are limited. Proxies are not used, because they
/// would look names up themselves. Bytes are kept as they come: nothing is unpacked, so a server
/// cannot send more than it sends. Thread-safe; blocks the calling thread.
public final class WebDownload {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int BLOCK = 64 << 10;

  private final WebGuard guard;
  private final WebLimits limits;
  private final SSLContext tls;

  public WebDownload(WebGuard guard, WebLimits limits) {
    this(guard, limits, usualTls());
  }

  WebDownload(WebGuard guard, WebLimits limits, SSLContext tls) {
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
    Deadline deadline = Deadline.in(limits.whole());
    URI uri = start;
    try {
      for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
        try (WebAnswer answer = WebAnswer.of(uri, guard.addresses(uri), limits, deadline, tls)) {
          if (!REDIRECTS.contains(answer.status())) {
            requireOk(start, answer.status());
            requireFits(start, answer.length(), mostBytes);
            copy(start, answer, file, mostBytes, received);
            return;
          }
          uri = WebGuard.redirected(uri, answer.header("location"));
        }
      }
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE,
          WebGuard.shown(start) + ": cannot be fetched: " + reason(e, deadline),
          e);
    }
    throw new JobException(
        FailureCode.SOURCE_FORBIDDEN,
        WebGuard.shown(start) + ": is redirected more than " + MOST_REDIRECTS + " times");
  }

  private static String reason(IOException e, Deadline deadline) {
    if (deadline.isOver()) {
      return "it takes too long";
    }
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return switch (e) {
      case NoHttpResponseException _ -> "it does not answer in HTTP";
      case UnknownHostException _ -> "nobody knows the host " + message;
      case SSLException _ -> "no safe connection: " + message;
      default -> message;
    };
  }

  private static SSLContext usualTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(
      URI start, WebAnswer answer, Path file, long mostBytes, LongConsumer received)
      throws IOException {
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    try (OutputStream out = open(file)) {
      for (int read = answer.read(block); read >= 0; read = answer.read(block)) {
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
