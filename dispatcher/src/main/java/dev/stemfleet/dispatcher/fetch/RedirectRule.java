package dev.stemfleet.dispatcher.fetch;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/// Where a server may send us on to: never from https to http, and never to a place that only this
/// machine or its network can reach, unless the address that was asked for is such a place itself.
/// Thread-safe.
final class RedirectRule {
  private final Resolver resolver;

  /// What addresses a host has.
  interface Resolver {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  RedirectRule(Resolver resolver) {
    this.resolver = resolver;
  }

  /// With the names that this machine knows.
  static RedirectRule ofMachine() {
    return new RedirectRule(host -> List.of(InetAddress.getAllByName(host)));
  }

  /// @param start what was asked for at first
  /// @param from who redirects
  /// @param to where to
  /// @throws FetchException naming the address and the rule
  void check(URI start, URI from, URI to) {
    String scheme = String.valueOf(to.getScheme());
    if (!scheme.matches("(?i)https?") || to.getHost() == null || to.getUserInfo() != null) {
      throw refused(start, to, "is no address that is followed");
    }
    if (String.valueOf(from.getScheme()).equalsIgnoreCase("https")
        && scheme.equalsIgnoreCase("http")) {
      throw refused(start, to, "leaves https");
    }
    if (!to.getHost().equalsIgnoreCase(start.getHost()) && isForbidden(start, to)) {
      throw refused(start, to, "is inside a private network");
    }
  }

  /// A server inside a network may send on within it, but never to the machine itself.
  private boolean isForbidden(URI start, URI to) {
    List<InetAddress> addresses = addresses(to.getHost());
    return addresses.stream().anyMatch(RedirectRule::isOwn)
        || (addresses.stream().anyMatch(RedirectRule::isPrivate)
            && addresses(start.getHost()).stream().noneMatch(RedirectRule::isPrivate));
  }

  /// None where only a proxy knows the name.
  private List<InetAddress> addresses(String host) {
    try {
      return resolver.addresses(host);
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static boolean isOwn(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress();
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    return isOwn(address) || address.isSiteLocalAddress() || uniqueLocal || carrier;
  }

  private static FetchException refused(URI start, URI to, String why) {
    return new FetchException(
        "%s: is redirected to %s, which %s".formatted(Shown.of(start), Shown.of(to), why));
  }
}
