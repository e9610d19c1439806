package dev.stemfleet.common.http;

import dev.stemfleet.common.config.ConfigException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where to listen: an address of this machine, or all of them, and a port.
///
/// @param host a name or an address, IPv6 without brackets
/// @param port 0 for any that is free
public record ListenAddress(String host, int port) {
  public static final String SYNTAX = "HOST:PORT";
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]/]*):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /// `127.0.0.1:9464`, `[::1]:0`, `0.0.0.0:8080`; without a host every address of this machine.
  ///
  /// @throws ConfigException naming the text
  public static ListenAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new ConfigException(
          "'" + text + "'",
          "is no address to listen at; one looks like 127.0.0.1:9464 or 0.0.0.0:9464");
    }
    int port = Integer.parseInt(parts.group(2));
    if (port > LAST_PORT) {
      throw new ConfigException("'" + text + "'", "ports end at " + LAST_PORT);
    }
    String host = parts.group(1);
    if (host.isEmpty()) {
      host = "0.0.0.0";
    }
    return new ListenAddress(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  /// Whether only this machine can reach it.
  ///
  /// @throws ConfigException if nobody knows the name
  public boolean loopback() {
    return looked().isLoopbackAddress();
  }

  /// Whether it stands for all addresses of this machine.
  ///
  /// @throws ConfigException if nobody knows the name
  public boolean everywhere() {
    return looked().isAnyLocalAddress();
  }

  /// The same host with another port.
  public ListenAddress at(int port) {
    return new ListenAddress(host, port);
  }

  /// For the next of several programs on one machine: so many ports further; 0 stays 0.
  ///
  /// @throws ConfigException if there is no such port
  public ListenAddress after(int ports) {
    if (port != 0 && port + ports > LAST_PORT) {
      throw new ConfigException(toString(), "there are not enough ports after this one");
    }
    return port == 0 ? this : at(port + ports);
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(looked(), port);
  }

  private InetAddress looked() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new ConfigException("'" + host + "'", "is no address to listen at: nobody knows it");
    }
  }

  /// As in addresses of pages.
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
