package dev.stemfleet.common.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// The answer of one server to one GET, its body unread. The client behind it lives as long as the
/// answer: nothing of one request (connections, cookies, names, passwords) reaches another. It does
/// only what is written here: no redirects, no second try, no decompression, no proxy of any kind.
/// The caller closes.
final class WebAnswer implements AutoCloseable {
  private static final Http1Config HEAD =
      Http1Config.custom()
          .setMaxLineLength(16 << 10)
          .setMaxHeaderCount(100)
          .setMaxEmptyLineCount(10)
          .build();

  private final CloseableHttpClient client;
  private final Deadline.Watch watch;
  private final ClassicHttpResponse response;

  private WebAnswer(
      CloseableHttpClient client, Deadline.Watch watch, ClassicHttpResponse response) {
    this.client = client;
    this.watch = watch;
    this.response = response;
  }

  /// @param checked addresses of the host of `uri`, the only ones that are connected to
  /// @param deadline that cuts the connection wherever it is
  static WebAnswer of(
      URI uri, List<InetAddress> checked, WebLimits limits, Deadline deadline, SSLContext tls)
      throws IOException {
    HttpGet request = new HttpGet(URI.create(uri.toASCIIString()));
    request.setHeader(HttpHeaders.ACCEPT, "*/*");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    CloseableHttpClient client = client(connections(checked, limits, tls), limits);
    Deadline.Watch watch = deadline.watch(request::abort);
    try {
      return new WebAnswer(client, watch, client.executeOpen(null, request, null));
    } catch (IOException | RuntimeException e) {
      watch.close();
      client.close(CloseMode.IMMEDIATE);
      throw e;
    }
  }

  int status() {
    return response.getCode();
  }

  String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  /// How long the body is, or −1.
  long length() {
    HttpEntity body = response.getEntity();
    return body == null ? 0 : body.getContentLength();
  }

  /// Reads on in the body.
  ///
  /// @return as [InputStream#read(byte[])]
  int read(byte[] block) throws IOException {
    @Nullable HttpEntity body = response.getEntity();
    return body == null ? -1 : body.getContent().read(block);
  }

  /// Cuts the connection: closing the body would read the rest of it.
  @Override
  public void close() {
    watch.close();
    client.close(CloseMode.IMMEDIATE);
  }

  private static CloseableHttpClient client(
      BasicHttpClientConnectionManager connections, WebLimits limits) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setRoutePlanner(new DefaultRoutePlanner(null))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(Timeout.of(limits.silence()))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setUserAgent("stemfleet")
        .setConnectionReuseStrategy((_, _, _) -> false)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .build();
  }

  private static BasicHttpClientConnectionManager connections(
      List<InetAddress> checked, WebLimits limits, SSLContext tls) {
    BasicHttpClientConnectionManager connections =
        new BasicHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                // A plain socket would go through a SOCKS proxy of the system's settings.
                _ -> new Socket(Proxy.NO_PROXY),
                null,
                known(checked),
                RegistryBuilder.<TlsSocketStrategy>create()
                    .register("https", new DefaultClientTlsStrategy(tls))
                    .build()),
            ManagedHttpClientConnectionFactory.builder().http1Config(HEAD).build());
    Timeout silence = Timeout.of(limits.silence());
    connections.setSocketConfig(SocketConfig.custom().setSoTimeout(silence).build());
    connections.setTlsConfig(TlsConfig.custom().setHandshakeTimeout(silence).build());
    connections.setConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(limits.connect()))
            .setSocketTimeout(silence)
            .build());
    return connections;
  }

  /// Knows one host: a name that is looked up again may mean another machine by then.
  private static DnsResolver known(List<InetAddress> checked) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) {
        return checked.toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
