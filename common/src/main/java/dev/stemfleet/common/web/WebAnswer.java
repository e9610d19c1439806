package dev.stemfleet.common.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The answer of one server to one GET, its body unread. The JDK's HTTP client looks names up by
/// itself; here the connection goes to an address that was checked. The caller closes.
final class WebAnswer implements AutoCloseable {
  private static final int LONGEST_HEAD = 64 << 10;

  private final Socket socket;
  private final InputStream input;
  private final int status;
  private final Map<String, String> headers;

  private WebAnswer(Socket socket, InputStream input) throws IOException {
    this.socket = socket;
    this.input = input;
    List<String> head = head();
    while (status(head) / 100 == 1) {
      head = head();
    }
    this.status = status(head);
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : head.subList(1, head.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
  }

  /// @param address of the host of `uri`
  static WebAnswer of(
      URI uri, InetAddress address, WebLimits limits, long deadlineNanos, SSLSocketFactory tls)
      throws IOException {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(address, port), Math.toIntExact(limits.connect().toMillis()));
      socket.setSoTimeout(Math.toIntExact(limits.silence().toMillis()));
      Socket talking = secure ? secured(socket, uri.getHost(), port, tls) : socket;
      talking.getOutputStream().write(request(uri).getBytes(StandardCharsets.US_ASCII));
      talking.getOutputStream().flush();
      TimedInput timed = new TimedInput(talking, limits.silence(), deadlineNanos);
      return new WebAnswer(talking, new BufferedInputStream(timed));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  int status() {
    return status;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /// How long the body is, or −1.
  long length() throws IOException {
    String length = header("content-length");
    if (length.isEmpty() || isChunked()) {
      return -1;
    }
    if (!length.matches("[0-9]{1,18}")) {
      throw new IOException("it names no length of its answer");
    }
    return Long.parseLong(length);
  }

  InputStream body() throws IOException {
    return isChunked() ? new ChunkedInput(input) : new WholeInput(input, length());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean isChunked() {
    return header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
  }

  private static SSLSocket secured(Socket socket, String host, int port, SSLSocketFactory tls)
      throws IOException {
    SSLSocket secure = (SSLSocket) tls.createSocket(socket, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static String request(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path =
        ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    String port = uri.getPort() >= 0 ? ":" + uri.getPort() : "";
    return String.join(
        "\r\n",
        "GET " + path + query + " HTTP/1.1",
        "Host: " + ascii.getHost() + port,
        "User-Agent: stemfleet",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "");
  }

  private List<String> head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 3 || !ends(head)) {
      int next = input.read();
      if (next < 0 || head.length() >= LONGEST_HEAD) {
        throw new IOException("it does not answer in HTTP");
      }
      head.append((char) next);
    }
    return head.toString().lines().toList();
  }

  private static boolean ends(StringBuilder head) {
    int last = head.length() - 1;
    if (head.charAt(last) != '\n') {
      return false;
    }
    return head.charAt(last - 1) == '\n'
        || (head.charAt(last - 1) == '\r' && head.charAt(last - 2) == '\n');
  }

  private static int status(List<String> head) throws IOException {
    String first = head.isEmpty() ? "" : head.getFirst();
    if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("it does not answer in HTTP");
    }
    return Integer.parseInt(first.substring(9, 12));
  }
}
