package dev.stemfleet.dispatcher.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/// Signing in and out: the token becomes a cookie that scripts cannot read. Thread-safe.
final class Sessions {
  private static final JsonMapper JSON = Json.strict();
  private static final int MOST_BYTES = 4096;
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private final Token token;
  private final Credentials credentials;
  private final Facts facts;

  /// What the page should know of the console before anybody signs in.
  ///
  /// @param lockedForAll whether even looking needs the token
  record Facts(boolean lockedForAll, String version) {}

  private record State(boolean signedIn, boolean lockedForAll, String version) {}

  private record SignIn(String token) {}

  Sessions(Token token, Facts facts) {
    this.token = token;
    this.credentials = new Credentials(token);
    this.facts = facts;
  }

  /// Where the client stands. Somebody who may not even look is told no version.
  Answer tell(Request request) throws IOException {
    return tell(credentials.knownBy(request));
  }

  private Answer tell(boolean signedIn) throws IOException {
    boolean trusted = signedIn || !facts.lockedForAll();
    State state = new State(signedIn, facts.lockedForAll(), trusted ? facts.version() : "");
    return Answer.of(Answer.JSON, JSON.writeValueAsBytes(state));
  }

  Answer signIn(Request request) throws IOException {
    requireJson(request);
    SignIn given;
    try {
      given = JSON.readValue(request.body(MOST_BYTES), SignIn.class);
    } catch (JsonProcessingException e) {
      throw new RequestRefused(400, "the body is {\"token\": \"...\"}");
    }
    if (given == null || !token.is(Objects.requireNonNullElse(given.token(), ""))) {
      throw new RequestRefused(401, "that is not the token");
    }
    return tell(true).with("Set-Cookie", cookie(request, token.cookie()));
  }

  Answer signOut(Request request) throws IOException {
    return tell(false).with("Set-Cookie", cookie(request, "") + "; Max-Age=0");
  }

  /// A form of another page cannot send this type.
  static void requireJson(Request request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.startsWith("application/json;")) {
      throw new RequestRefused(415, "application/json is understood here");
    }
  }

  private static String cookie(Request request, String value) {
    return Credentials.cookieName(port(request.header("Host").orElse("")))
        + "="
        + value
        + ATTRIBUTES;
  }

  /// As the browser sees it, which may be a proxy's.
  private static int port(String host) {
    int colon = host.lastIndexOf(':');
    String digits = colon < 0 ? "" : host.substring(colon + 1);
    return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 80;
  }
}
