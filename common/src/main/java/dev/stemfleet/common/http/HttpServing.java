package dev.stemfleet.common.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stemfleet.common.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests at one address, each on a virtual thread of its own, until it is closed by its
/// owner. Thread-safe.
///
/// Every answer forbids sniffing, framing, caching, referrers and whatever a page could load,
/// unless the handler's own headers say otherwise.
public final class HttpServing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServing.class);
  private static final Map<String, String> SAFE =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  static {
    // Read once by the JDK. Small answers are not held back for 40 ms; a client that sends its
    // request byte by byte, or opens connections without end, is not waited for.
    preset("sun.net.httpserver.nodelay", "true");
    preset("sun.net.httpserver.maxReqTime", "30");
    preset("jdk.httpserver.maxConnections", "256");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final ListenAddress address;

  private HttpServing(HttpServer server, ExecutorService threads, ListenAddress address) {
    this.server = server;
    this.threads = threads;
    this.address = address;
  }

  /// Binds and begins to answer. The caller closes.
  ///
  /// @throws ConfigException naming the address if it cannot be had
  public static HttpServing open(ListenAddress wanted, Handler handler) {
    HttpServer server;
    try {
      server = HttpServer.create(wanted.socket(), 0);
    } catch (IOException e) {
      throw new ConfigException(wanted.toString(), "cannot listen there: " + e.getMessage());
    }
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stemfleet-http-", 0).factory());
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, handler));
    server.start();
    return new HttpServing(server, threads, wanted.at(server.getAddress().getPort()));
  }

  /// Where it listens; never port 0.
  public ListenAddress address() {
    return address;
  }

  /// Ends at once what is being answered.
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static void serve(HttpExchange exchange, Handler handler) {
    try (exchange) {
      send(exchange, answer(exchange, handler));
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("path", exchange.getRequestURI().getPath()).log("client left", e);
    } catch (RuntimeException e) {
      // The answer has begun: all that can still be done is to end it.
      failed(exchange, e);
    }
  }

  private static Answer answer(HttpExchange exchange, Handler handler) throws IOException {
    try {
      return handler.answer(new Request(exchange));
    } catch (RequestRefused e) {
      return e.answer();
    } catch (RuntimeException e) {
      failed(exchange, e);
      return Answer.line(500, "this could not be answered; the log says why");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    SAFE.forEach(headers::set);
    headers.set("Content-Type", answer.contentType());
    answer.headers().forEach(headers::set);
    boolean bare = exchange.getRequestMethod().equals("HEAD") || answer.status() == 304;
    switch (answer.body()) {
      case Answer.Body.Whole(long bytes, Answer.Writer writer) -> {
        if (bare || bytes == 0) {
          headers.set("Content-Length", Long.toString(bytes));
          exchange.sendResponseHeaders(answer.status(), -1);
        } else {
          exchange.sendResponseHeaders(answer.status(), bytes);
          write(exchange, writer);
        }
      }
      case Answer.Body.Endless(Answer.Writer writer) -> {
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : 0);
        if (!bare) {
          write(exchange, writer);
        }
      }
    }
  }

  private static void write(HttpExchange exchange, Answer.Writer writer) throws IOException {
    try (OutputStream out = exchange.getResponseBody()) {
      writer.writeTo(out);
    }
  }

  private static void failed(HttpExchange exchange, RuntimeException e) {
    LOG.atWarn()
        .addKeyValue("method", exchange.getRequestMethod())
        .addKeyValue("path", exchange.getRequestURI().getPath())
        .log("a page could not be answered", e);
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
