package dev.stemfleet.dispatcher.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names under which this console may be asked: a page elsewhere whose own name was made to
/// mean this machine is none of them. Immutable.
///
/// @param loopbackOnly whether only this machine can reach it
/// @param named further names, in lower case
record Hosts(boolean loopbackOnly, Set<String> named) {
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  static Hosts of(boolean loopbackOnly, List<String> named) {
    return new Hosts(
        loopbackOnly,
        named.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
  }

  /// @param header `Host` as the client sent it
  boolean known(String header) {
    String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
    if (host.equals("localhost") || named.contains(host)) {
      return true;
    }
    boolean address = IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    return address ? !loopbackOnly || isLoopback(host) : !loopbackOnly && host.equals(ownName());
  }

  /// Of an address only: nothing is looked up.
  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
