package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.HttpServing;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetView;
import dev.stemfleet.dispatcher.watch.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;

/// A console over a fleet that a test made up, without any Kafka, asked byte by byte: no client
/// stands between that knows better.
final class ServedConsole implements AutoCloseable {
  static final String TOKEN = "a-token-for-tests-0123456789";
  static final Instant NOW = Messages.at(100);

  private final HttpServing serving;
  private final Sights sights;
  private final Noticeboard notices = new Noticeboard();

  /// What came back.
  record Heard(int status, String head, String text) {
    Optional<String> header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }
  }

  ServedConsole(FleetView view, Path out, List<String> hosts) {
    ConsoleSettings settings =
        new ConsoleSettings(
            new ListenAddress("127.0.0.1", 0),
            Token.of(TOKEN),
            hosts,
            out,
            out,
            out,
            Map.of("/metrics", request -> dev.stemfleet.common.http.Answer.line(200, "ours")));
    Made made = new Made(notices::fleet, new OutputFolder(out));
    sights =
        new Sights(
            made,
            out,
            () -> {
              throw new IllegalStateException("nobody draws here");
            });
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Actions actions = new Actions(new NoKafka(), clock, notices::fleet);
    serving =
        HttpServing.open(
            settings.listen(), new Site(settings, notices, made, sights, actions).behindItsDoor());
    show(view);
  }

  void show(FleetView view) {
    Fleet fleet = view.snapshot(NOW);
    notices.put(
        fleet,
        BoardMaker.of(
            fleet,
            new QueueAsker.Answer(Optional.empty(), Optional.empty()),
            new FleetReader.State(false, 0, null)));
  }

  int port() {
    return serving.address().port();
  }

  /// The usual name of this console.
  String host() {
    return "127.0.0.1:" + port();
  }

  Heard get(String path, String... headers) throws IOException {
    return ask("GET", path, host(), "", headers);
  }

  /// As the page itself does it.
  Heard post(String path, String json, String... headers) throws IOException {
    String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
    more[headers.length] = "Content-Type: application/json";
    more[headers.length + 1] = "Origin: http://" + host();
    return ask("POST", path, host(), json, more);
  }

  Heard ask(String method, String path, String host, String body, String... headers)
      throws IOException {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    text.append("Host: ").append(host).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 || method.equals("POST")) {
      text.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    text.append("\r\n").append(body);
    try (Socket socket = socket()) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      return heard(socket.getInputStream());
    }
  }

  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static Heard heard(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    String text = all.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Heard(0, "", "");
    }
    byte[] bytes = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    String body = new String(bytes, StandardCharsets.UTF_8);
    return new Heard(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), body);
  }

  @Override
  public void close() {
    notices.close();
    sights.close();
    serving.close();
  }

  /// A cluster that never answers.
  static final class NoKafka implements Gate {
    @Override
    public KafkaClients clients() {
      throw new TimeoutException("no Kafka in this test");
    }

    @Override
    public KafkaClients recorded() {
      return clients();
    }

    @Override
    public KafkaClients joined() {
      return clients();
    }
  }
}
