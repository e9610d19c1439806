package dev.stemfleet.dispatcher.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Asks web servers and follows their redirects as far as [RedirectRule] allows. Used by one thread
/// at a time; the owner closes it.
final class Web implements AutoCloseable {
  private static final int MOST_REDIRECTS = 8;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final HttpClient client;
  private final Patience patience;
  private final RedirectRule rule;
  private final Access access;

  /// An access token and the service that may see it.
  ///
  /// @param endpoint scheme, host and port count
  record Access(@Nullable URI endpoint, String token) {
    static final Access NONE = new Access(null, "");

    boolean isFor(URI uri) {
      return endpoint != null
          && !token.isEmpty()
          && String.valueOf(endpoint.getScheme()).equalsIgnoreCase(uri.getScheme())
          && String.valueOf(endpoint.getHost()).equalsIgnoreCase(uri.getHost())
          && endpoint.getPort() == uri.getPort();
    }
  }

  /// The beginning of an answer.
  ///
  /// @param uri who answers, after all redirects
  /// @param first headers of the first answer, which may be a redirect
  record Answer(URI uri, int status, HttpHeaders headers, HttpHeaders first) {}

  /// Decides what becomes of an answer's bytes. Called on a thread of the client, so it must not
  /// throw.
  interface Receiver {
    Arrival receive(Answer answer);
  }

  Web(Patience patience, RedirectRule rule, Access access, Proxies proxies) {
    this.patience = patience;
    this.rule = rule;
    this.access = access;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxies.selector())
            .build();
  }

  /// @param tick called now and then on the caller's thread while bytes come
  /// @return the last answer, its bytes received
  /// @throws IOException if the network or the server fails; another try may help
  /// @throws FetchException if another try cannot help
  Answer get(URI start, Map<String, String> headers, Receiver receiver, Runnable tick)
      throws IOException, InterruptedException {
    URI uri = start;
    @Nullable HttpHeaders first = null;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Answer answer = hop(uri, first, headers, receiver, tick);
      if (!REDIRECTS.contains(answer.status())) {
        return answer;
      }
      first = answer.first();
      URI next = target(answer);
      rule.check(start, uri, next);
      uri = next;
    }
    throw new FetchException(
        Shown.of(start) + ": is redirected more than " + MOST_REDIRECTS + " times");
  }

  private static URI target(Answer answer) throws IOException {
    String location = answer.headers().firstValue("location").orElse("");
    try {
      return answer.uri().resolve(URI.create(location.strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException("redirects to what is no address", e);
    }
  }

  private Answer hop(
      URI uri,
      @Nullable HttpHeaders first,
      Map<String, String> headers,
      Receiver receiver,
      Runnable tick)
      throws IOException, InterruptedException {
    AtomicReference<Arrival> arrival = new AtomicReference<>(Arrival.unwanted());
    AtomicReference<@Nullable Answer> answered = new AtomicReference<>();
    CompletableFuture<HttpResponse<Boolean>> running =
        client.sendAsync(
            request(uri, headers),
            info -> {
              HttpHeaders own = info.headers();
              Answer answer = new Answer(uri, info.statusCode(), own, first == null ? own : first);
              answered.set(answer);
              if (!REDIRECTS.contains(answer.status())) {
                arrival.set(receiver.receive(answer));
              }
              return arrival.get();
            });
    try {
      await(running, arrival, tick);
    } finally {
      arrival.get().stop();
      running.cancel(true);
    }
    @Nullable Answer answer = answered.get();
    if (answer == null) {
      throw new IOException("ended before it answered");
    }
    return answer;
  }

  private void await(
      CompletableFuture<HttpResponse<Boolean>> running,
      AtomicReference<Arrival> arrival,
      Runnable tick)
      throws IOException, InterruptedException {
    while (true) {
      try {
        running.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        tick.run();
        return;
      } catch (TimeoutException e) {
        tick.run();
        if (arrival.get().silence().compareTo(patience.silence()) > 0) {
          throw new IOException("sent nothing for " + patience.silence().toMillis() + " ms", e);
        }
      } catch (ExecutionException e) {
        throw cause(e);
      }
    }
  }

  private static IOException cause(ExecutionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FetchException refused) {
        throw refused;
      }
      if (cause instanceof java.io.UncheckedIOException disk) {
        throw new FetchException("cannot be written: " + disk.getCause());
      }
    }
    return e.getCause() instanceof IOException io
        ? io
        : new IOException(String.valueOf(e.getCause()), e);
  }

  private HttpRequest request(URI uri, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("User-Agent", "stemfleet");
    all.put("Accept-Encoding", "identity");
    if (access.isFor(uri)) {
      all.put("Authorization", "Bearer " + access.token());
    }
    List<String> flat =
        all.entrySet().stream().flatMap(e -> List.of(e.getKey(), e.getValue()).stream()).toList();
    return HttpRequest.newBuilder(uri)
        .timeout(patience.answer())
        .headers(flat.toArray(String[]::new))
        .build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
