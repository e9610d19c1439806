package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who may ask what, before anything else looks at a request. Thread-safe.
///
/// Everything: only under a known name, and not from a page of another origin. Whatever changes
/// something: only with the token. All but the bare page: with the token, too, unless the console
/// listens for this machine only.
final class Access implements Handler {
  static final String SESSION = "/api/session";

  private final Hosts hosts;
  private final Credentials credentials;
  private final boolean lockedForAll;
  private final Set<String> open;
  private final Handler inner;

  /// @param lockedForAll whether even looking needs the token
  /// @param open paths that tell nothing of the fleet
  Access(
      Hosts hosts, Credentials credentials, boolean lockedForAll, Set<String> open, Handler inner) {
    this.hosts = hosts;
    this.credentials = credentials;
    this.lockedForAll = lockedForAll;
    this.open = Set.copyOf(open);
    this.inner = inner;
  }

  @Override
  public Answer answer(Request request) throws IOException {
    String host = request.header("Host").orElse("");
    if (!hosts.known(host)) {
      throw new RequestRefused(421, "this console is not known under that name");
    }
    boolean looks = request.method().equals("GET") || request.method().equals("HEAD");
    requireOwnPage(request, host, looks);
    boolean free = open.contains(request.path()) || request.path().equals(SESSION);
    boolean needed = !looks || lockedForAll;
    if (needed && !free && !credentials.knownBy(request)) {
      return Answer.line(401, "the token is needed: open the link that the console printed")
          .with("WWW-Authenticate", "Bearer");
    }
    return inner.answer(request);
  }

  /// Browsers say where a request comes from; what changes something must come from this page. A
  /// program that sends neither shows the token in a header, which no foreign page can.
  private static void requireOwnPage(Request request, String host, boolean looks) {
    String site = request.header("Sec-Fetch-Site").orElse("none").toLowerCase(Locale.ROOT);
    boolean navigates = request.header("Sec-Fetch-Mode").orElse("").equals("navigate");
    boolean own = site.equals("same-origin") || site.equals("none");
    if (!own && !(looks && navigates && request.path().equals("/"))) {
      throw foreign();
    }
    Optional<String> origin = request.header("Origin");
    if (origin.isPresent()) {
      if (!isOwn(origin.get(), host)) {
        throw foreign();
      }
    } else if (!looks && request.header("Authorization").isEmpty()) {
      throw foreign();
    }
  }

  private static boolean isOwn(String origin, String host) {
    String end = "://" + host.toLowerCase(Locale.ROOT);
    String given = origin.toLowerCase(Locale.ROOT);
    return given.equals("http" + end) || given.equals("https" + end);
  }

  private static RequestRefused foreign() {
    return new RequestRefused(403, "this was asked by a page of another origin");
  }
}
