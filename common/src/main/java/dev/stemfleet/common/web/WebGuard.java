package dev.stemfleet.common.web;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Which machines may be asked for a file: those of the internet, and those of one's own network
/// that the settings name. A host with a private address among several is refused. Immutable.
public final class WebGuard {
  private final Set<String> privateHosts = new TreeSet<>();
  private final Resolver resolver;

  /// What addresses a host has.
  @FunctionalInterface
  interface Resolver {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  /// @param privateHosts that may be asked wherever they are, as they stand in addresses
  public WebGuard(Collection<String> privateHosts) {
    this(privateHosts, host -> List.of(InetAddress.getAllByName(host)));
  }

  WebGuard(Collection<String> privateHosts, Resolver resolver) {
    privateHosts.forEach(host -> this.privateHosts.add(folded(host)));
    this.resolver = resolver;
  }

  /// Looks the host up. To be asked once per connection, which then goes to what this returns: a
  /// name that is looked up again may mean another machine by then.
  ///
  /// @throws JobException SOURCE_FORBIDDEN naming the rule
  /// @throws UnknownHostException if nobody knows the name
  List<InetAddress> addresses(URI uri) throws UnknownHostException {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (!scheme.matches("https?") || host == null) {
      throw refused(uri, "is no http(s) address");
    }
    if (uri.getUserInfo() != null) {
      throw refused(uri, "has a user name or password in it");
    }
    List<InetAddress> addresses = resolver.addresses(unbracketed(host));
    if (!privateHosts.contains(folded(host)) && !addresses.stream().allMatch(PublicAddress::is)) {
      throw refused(
          uri,
          "lies in a private network; where that is wanted, name it in the settings: privateHosts: ["
              + unbracketed(host)
              + "]");
    }
    return addresses;
  }

  /// Where a redirect leads; what lies there is checked when it is asked.
  ///
  /// @throws JobException SOURCE_FORBIDDEN if it leaves https or is no address
  static URI redirected(URI from, String location) {
    URI to;
    try {
      to = from.resolve(URI.create(location.strip()));
    } catch (IllegalArgumentException e) {
      throw new JobException(
          FailureCode.SOURCE_FORBIDDEN, shown(from) + " is redirected to what is no address", e);
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme())) {
      throw refused(to, "leaves https, and " + shown(from) + " redirects to it");
    }
    return to;
  }

  /// An address without what may be a secret in it, for messages.
  public static String shown(URI uri) {
    return Source.shown(uri.toString());
  }

  private static JobException refused(URI uri, String why) {
    return new JobException(FailureCode.SOURCE_FORBIDDEN, shown(uri) + " " + why);
  }

  private static String folded(String host) {
    return unbracketed(host).toLowerCase(Locale.ROOT);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
