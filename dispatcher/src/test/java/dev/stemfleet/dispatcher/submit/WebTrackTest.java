package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tracks on a web server, which is this JVM.
final class WebTrackTest {
  @TempDir Path folder;
  private List<String> privateHosts = List.of("127.0.0.1");
  private HttpServer server;
  private byte[] sound;

  @BeforeEach
  void serve() throws IOException {
    sound = Files.readAllBytes(TestSound.tone(0.5, 440, 0.3).writeWav(folder.resolve("sound.wav")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/a%20song.wav", 200, sound);
    serve("/text.mp3", 200, "no sound".getBytes(StandardCharsets.UTF_8));
    serve("/gone.mp3", 404, new byte[0]);
    serve("/secret.mp3", 403, new byte[0]);
    serve("/broken.mp3", 500, new byte[0]);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTrackOnTheWebIsLookedAtAndNamedByItsAddress() {
    TrackRequest track = read("/a%20song.wav", TrackFields.NONE);

    assertThat(track.track().source()).isEqualTo(new Source.OnWeb(uri("/a%20song.wav")));
    assertThat(track.track().sha256()).isEqualTo(Sha256.of(sound));
    assertThat(track.track().bytes()).isEqualTo(sound.length);
    assertThat(track.track().title()).isEqualTo("a song");
  }

  @Test
  void otherBytesThanWereGivenAreRefused() {
    TrackFields fields =
        new TrackFields(null, null, null, null, null, null, null, null, "ab".repeat(32));

    assertRefused("/a%20song.wav", fields, FailureCode.SOURCE_CHANGED);
  }

  @Test
  void whatTheServerSaysIsPassedOn() {
    assertRefused("/gone.mp3", TrackFields.NONE, FailureCode.SOURCE_MISSING);
    assertRefused("/secret.mp3", TrackFields.NONE, FailureCode.SOURCE_FORBIDDEN);
    assertRefused("/broken.mp3", TrackFields.NONE, FailureCode.SOURCE_UNREACHABLE);
  }

  @Test
  void aServerOfOnesOwnNetworkMustBeAllowedByName() {
    privateHosts = List.of("nas.lan");

    assertRefused("/a%20song.wav", TrackFields.NONE, FailureCode.SOURCE_FORBIDDEN);
  }

  @Test
  void whatIsNoSoundIsRefusedByItsAddress() {
    assertRefused("/text.mp3", TrackFields.NONE, FailureCode.SOUND_UNREADABLE);
  }

  private void assertRefused(String path, TrackFields fields, FailureCode code) {
    assertThatThrownBy(() -> read(path, fields))
        .isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(uri(path).toString())
        .message()
        .doesNotContain("/stemfleet-");
  }

  private TrackRequest read(String path, TrackFields fields) {
    TrackEntry entry =
        new TrackEntry(
            uri(path).toString(), new TrackEntry.OnWeb(uri(path)), fields, TrackFields.NONE);
    WebDownload web = new WebDownload(new WebGuard(privateHosts), WebLimits.USUAL);
    return new TrackReader(new Roots(Map.of()), web, (asset, bytes) -> {}).read(entry);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void serve(String path, int status, byte[] body) {
    server.createContext(
        URI.create(path).getPath(),
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }
}
