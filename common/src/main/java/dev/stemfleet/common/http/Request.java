package dev.stemfleet.common.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a client asks. Belongs to the thread that answers it.
public final class Request {
  private static final Pattern AMPERSAND = Pattern.compile("&");

  private final HttpExchange exchange;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /// In capitals. `HEAD` is answered as `GET`, without the body.
  public String method() {
    return exchange.getRequestMethod();
  }

  /// Decoded, beginning with a slash. Not to be taken for the path of a file as it stands.
  public String path() {
    String path = exchange.getRequestURI().getPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /// The first parameter of this name after the question mark, decoded.
  ///
  /// @throws RequestRefused if it is not well coded
  public Optional<String> parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : AMPERSAND.split(query, -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decoded(key).equals(name)) {
        return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return Optional.empty();
  }

  /// The first header of this name, written in any case.
  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /// The machine that asks, or the proxy before it.
  public InetAddress client() {
    return exchange.getRemoteAddress().getAddress();
  }

  /// What was sent along.
  ///
  /// @throws RequestRefused if it is more than `most` bytes
  /// @throws IOException if the client stops in the middle
  public byte[] body(int most) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(most + 1);
    if (bytes.length > most) {
      throw new RequestRefused(413, "at most " + most + " bytes may be sent here");
    }
    return bytes;
  }

  private static String decoded(String coded) {
    try {
      return URLDecoder.decode(coded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new RequestRefused(400, "the address is not well coded");
    }
  }
}
