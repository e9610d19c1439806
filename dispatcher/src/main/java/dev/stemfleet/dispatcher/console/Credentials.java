package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Request;
import java.util.Optional;

/// Whether a client knows the token: by its header, or by the cookie that it got for it. Immutable.
record Credentials(Token token) {
  private static final String BEARER = "Bearer ";
  private static final String COOKIE = "stemfleet-";
  private static final int MOST_COOKIES = 50;

  /// A wrong header is not made good by a cookie.
  boolean knownBy(Request request) {
    Optional<String> header = request.header("Authorization");
    if (header.isPresent()) {
      return header.get().startsWith(BEARER)
          && token.is(header.get().substring(BEARER.length()).strip());
    }
    return request.header("Cookie").map(this::holdsCookie).orElse(false);
  }

  /// Cookies are not kept apart by port, so the name does it.
  static String cookieName(int port) {
    return COOKIE + port;
  }

  private boolean holdsCookie(String header) {
    for (String pair : header.split(";", MOST_COOKIES)) {
      String one = pair.strip();
      int equals = one.indexOf('=');
      if (one.startsWith(COOKIE) && token.isCookie(one.substring(equals + 1))) {
        return true;
      }
    }
    return false;
  }
}
