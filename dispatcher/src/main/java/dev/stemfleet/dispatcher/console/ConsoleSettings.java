package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a console is served. Immutable.
///
/// @param hosts further names under which browsers may ask for it, those of proxies for example
/// @param out the output root, whether this machine sees it or not; null if it is in an object
///   store
/// @param assets folder of channels and their pictures
/// @param home the installation, whose worker program draws frames
/// @param more handlers of others by path, behind the same door
public record ConsoleSettings(
    ListenAddress listen,
    Token token,
    List<String> hosts,
    @Nullable Path out,
    Path assets,
    Path home,
    Map<String, Handler> more) {
  public ConsoleSettings {
    hosts = List.copyOf(hosts);
    more = Map.copyOf(more);
  }

  /// Whether even looking needs the token: always, but where only this machine can ask.
  boolean lockedForAll() {
    return !listen.loopback() || !hosts.isEmpty();
  }
}
