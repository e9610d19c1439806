package dev.stemfleet.dispatcher.fetch;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proxies that environment variables name, as curl and others read them: `https_proxy` and
/// `HTTPS_PROXY`, `http_proxy` and `HTTP_PROXY`, `all_proxy` and `ALL_PROXY` for both, `no_proxy`
/// and `NO_PROXY` for hosts that need none. Immutable.
public final class Proxies {
  /// What the Java platform itself is told by its system properties.
  public static final Proxies NONE = new Proxies(null, null, List.of());

  private static final int USUAL_PORT = 80;

  private final @Nullable InetSocketAddress http;
  private final @Nullable InetSocketAddress https;
  private final List<String> without;

  private Proxies(
      @Nullable InetSocketAddress http, @Nullable InetSocketAddress https, List<String> without) {
    this.http = http;
    this.https = https;
    this.without = List.copyOf(without);
  }

  /// @throws RequestException naming the variable, if it is no address of an HTTP proxy
  public static Proxies of(Map<String, String> environment) {
    String none =
        Optional.ofNullable(environment.get("no_proxy"))
            .orElseGet(() -> environment.getOrDefault("NO_PROXY", ""));
    return new Proxies(
        proxy(environment, "http_proxy"),
        proxy(environment, "https_proxy"),
        Arrays.stream(none.split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList());
  }

  private static @Nullable InetSocketAddress proxy(Map<String, String> environment, String name) {
    for (String variable : List.of(name, name.toUpperCase(Locale.ROOT), "all_proxy", "ALL_PROXY")) {
      String value = environment.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        return address(variable, value);
      }
    }
    return null;
  }

  /// The value is not shown: it may hold a password.
  private static InetSocketAddress address(String variable, String value) {
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      throw new RequestException(variable + ": is no URL");
    }
    if (!String.valueOf(uri.getScheme()).equalsIgnoreCase("http") || uri.getHost() == null) {
      throw new RequestException(
          variable + ": must be http://HOST:PORT; no other proxies are used");
    }
    if (uri.getUserInfo() != null) {
      throw new RequestException(variable + ": a proxy with a user name or password is not used");
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    // The name is looked up when it is needed: that it is unknown is no news until then.
    return InetSocketAddress.createUnresolved(uri.getHost(), port);
  }

  ProxySelector selector() {
    return http == null && https == null ? ProxySelector.getDefault() : new Selector(this);
  }

  /// The proxy for an address, if there is one.
  Optional<InetSocketAddress> of(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    boolean direct =
        without.stream().anyMatch(entry -> isMeant(entry, host, host + ":" + uri.getPort()));
    boolean secure = String.valueOf(uri.getScheme()).equalsIgnoreCase("https");
    return direct ? Optional.empty() : Optional.ofNullable(secure ? https : http);
  }

  /// An entry is a host, with its port or without; a domain means all hosts in it.
  private static boolean isMeant(String entry, String host, String hostAndPort) {
    String domain = "." + entry.replaceFirst("^\\*?\\.", "");
    return entry.equals("*")
        || ("." + host).endsWith(domain)
        || (entry.contains(":") && ("." + hostAndPort).endsWith(domain));
  }

  private static final class Selector extends ProxySelector {
    private final Proxies proxies;

    Selector(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          proxies
              .of(uri)
              .map(p -> new InetSocketAddress(p.getHostString(), p.getPort()))
              .map(p -> new Proxy(Proxy.Type.HTTP, p))
              .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException why) {
      // Whoever asked is told by the request itself.
    }
  }
}
