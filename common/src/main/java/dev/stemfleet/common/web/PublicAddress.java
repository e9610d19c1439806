package dev.stemfleet.common.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Whether an address belongs to a machine of the whole internet: not to this one, its network, or
/// one that is set aside for something else. Pure.
///
/// Ranges: [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry),
/// [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry).
final class PublicAddress {
  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isSiteLocalAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean carrier = first == 100 && (second & 0xc0) == 64;
    boolean protocols = first == 192 && second == 0 && third == 0;
    boolean benchmarks = first == 198 && (second & 0xfe) == 18;
    return first != 0 && first < 240 && !carrier && !protocols && !benchmarks;
  }

  /// Of the addresses that carry one of IPv4, the inner one counts, too.
  private static boolean isPublic6(byte[] bytes) {
    boolean global = (bytes[0] & 0xe0) == 0x20;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    boolean translated =
        bytes[0] == 0
            && (bytes[1] & 0xff) == 0x64
            && (bytes[2] & 0xff) == 0xff
            && bytes[3] == (byte) 0x9b;
    if (translated) {
      return is(inner(bytes, 12));
    }
    return global && !teredo && (!sixToFour || is(inner(bytes, 2)));
  }

  private static InetAddress inner(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
