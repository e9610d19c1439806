package dev.stemfleet.dispatcher.fetch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A web server in this JVM that serves files as real ones do, and misbehaves when told to.
public final class FileServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /// What was asked for, as `path range`.
  public List<String> ranges() {
    return ranges;
  }

  /// The access tokens that came, by path.
  public Map<String, String> tokens() {
    return tokens;
  }

  /// Serves any path below `path` that nothing else serves.
  public void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          Headers asked = exchange.getRequestHeaders();
          String range = asked.getFirst("Range");
          ranges.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
          String token = asked.getFirst("Authorization");
          if (token != null) {
            tokens.put(exchange.getRequestURI().getPath(), token);
          }
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  public void text(String path, String text) {
    on(
        path,
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /// A file with ranges, as a good server has it.
  public void file(String path, byte[] bytes, String etag) {
    on(path, exchange -> send(exchange, bytes, etag, bytes.length));
  }

  public void redirect(String path, String to, Map<String, String> headers) {
    on(
        path,
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::add);
          exchange.getResponseHeaders().add("Location", to);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  /// Answers a request for (a part of) a file, and hangs up after `most` bytes.
  public void send(HttpExchange exchange, byte[] bytes, String etag, int most) throws IOException {
    int from = from(exchange, etag);
    if (from > 0 && from >= bytes.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange.getResponseHeaders().add("ETag", etag);
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(bytes, from, Math.min(most, bytes.length - from));
    body.flush();
  }

  private static int from(HttpExchange exchange, String etag) {
    Headers asked = exchange.getRequestHeaders();
    String range = asked.getFirst("Range");
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    return matcher.matches() && etag.equals(asked.getFirst("If-Range"))
        ? Integer.parseInt(matcher.group(1))
        : 0;
  }

  /// Says nothing more until the server is closed.
  public void fallSilent() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
