package dev.stemfleet.common.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ways to make FFmpeg open another file than the one it was given: none of them leads anywhere,
/// neither to the sound that lies beside nor to the server that would notice.
final class OtherFilesTest {
  @TempDir private static Path folder;
  private static final AtomicInteger asked = new AtomicInteger();
  private static HttpServer server;

  @BeforeAll
  static void makeWhatTheyLeadTo() throws IOException {
    TestSound.bursts(0.3, 1).write(folder.resolve("inner.wav"), "-c:a", "pcm_s16le");
    TestSound.bursts(0.3, 1).write(folder.resolve("inner.mp3"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "HLS, list.m3u8, `#EXTM3U|#EXT-X-TARGETDURATION:2|#EXTINF:2,|FILE|#EXT-X-ENDLIST|`",
        "HLS from a server, list.m3u8, `#EXTM3U|#EXT-X-TARGETDURATION:2|#EXTINF:2,|WEB|#EXT-X-ENDLIST|`",
        "HLS with a map, list.m3u8, `#EXTM3U|#EXT-X-MAP:URI=\"WEB\"|#EXTINF:2,|WEB|`",
        "HLS with a key, list.m3u8, `#EXTM3U|#EXT-X-KEY:METHOD=AES-128,URI=\"WEB\"|#EXTINF:2,|FILE|`",
        "HLS that calls itself sound, list.wav, `#EXTM3U|#EXT-X-TARGETDURATION:2|#EXTINF:2,|FILE|#EXT-X-ENDLIST|`",
        "concat, list.ffconcat, `ffconcat version 1.0|file inner.wav|`",
        "concat that calls itself sound, list.mp3, `ffconcat version 1.0|file FILE|`",
        "concat of an address, list.txt, `ffconcat version 1.0|file WEB|`",
        "DASH, list.mpd, `<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>WEB</BaseURL></Representation></AdaptationSet></Period></MPD>`",
        "SDP, list.sdp, `v=0|o=- 0 0 IN IP4 127.0.0.1|s=x|c=IN IP4 127.0.0.1|t=0 0|m=audio 5004 RTP/AVP 0|`",
        "RTSP, list.rtsp, `RTSP/1.0 302 Moved|Location: WEB||`",
        "Smooth Streaming, list.ism, `<SmoothStreamingMedia MajorVersion=\"2\"><StreamIndex Url=\"WEB\"/></SmoothStreamingMedia>`",
        "ASX, list.asx, `<asx version=\"3.0\"><entry><ref href=\"WEB\"/></entry></asx>`",
        "PLS, list.pls, `[playlist]|File1=WEB|NumberOfEntries=1|`",
        "reference of RealMedia, list.ram, `WEB|`",
        "filter script, list.lavfi, `amovie=FILE`",
        "metadata, list.ffmeta, `;FFMETADATA1|title=x|`",
        "tar of FFmpeg, list.ffm, `FFM2`",
        "VobSub, list.idx, `# VobSub index file, v7|id: en, index: 0|`",
        "cue sheet, list.cue, `FILE \"inner.wav\" WAVE|  TRACK 01 AUDIO|`"
      })
  void aScriptOrPlaylistIsNotFollowed(String what, String name, String text) throws IOException {
    String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.mp3";
    String content =
        text.replace('|', '\n')
            .replace("FILE", folder.resolve("inner.wav").toString())
            .replace("WEB", web);
    Path file = Files.writeString(folder.resolve(name), content);

    assertRefused(file, FailureCode.SOUND_UNREADABLE, what);
    assertThatThrownBy(() -> LoopFile.check(file, "background")).isInstanceOf(JobException.class);
    assertThat(asked).as(what).hasValue(0);
  }

  /// What these would mean to FFmpeg if it were given them as they are.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "concat:inner.mp3|inner.mp3",
        "concatf:list.txt",
        "subfile,,start,0,end,0,,:inner.mp3",
        "data:audio;base64,SUQz",
        "cache:inner.mp3",
        "async:inner.mp3",
        "crypto:inner.mp3",
        "file:inner.mp3",
        "pipe:0",
        "fd:0",
        "tee:inner.mp3",
        "md5:x",
        "ftp:x",
        "http:x",
        "inner%d.mp3",
        "inner*.mp3",
        "-i"
      })
  void aNameIsANameWhateverItMeansToFfmpeg(String name) throws IOException {
    Path file = folder.resolve(name);

    assertRefused(file, FailureCode.SOURCE_MISSING, "not there: " + name);
    Files.copy(folder.resolve("inner.mp3"), file);
    assertThat(SoundFile.probe(file).codec()).isEqualTo("mp3");
  }

  @Test
  void anAddressIsNoFile() {
    String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.mp3";

    assertRefused(Path.of(web), FailureCode.SOURCE_MISSING, web);
    assertThat(asked).hasValue(0);
  }

  /// A movie may say that its sound lies in another file.
  @Test
  void aMovieThatNamesAnotherFileGetsItsOwnBytesOnly() throws IOException {
    Path movie = TestSound.bursts(0.3, 1).write(folder.resolve("ref.mov"), "-c:a", "pcm_s16le");
    byte[] bytes = Files.readAllBytes(movie);
    int dref = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("dref");
    // "url ", flags 1 (in this file) becomes 0: an address would follow, and it is empty.
    assertThat(dref).isPositive();
    bytes[dref + 19] = 0;
    Files.write(movie, bytes);

    try {
      assertThat(SoundFile.probe(movie).codec()).isEqualTo("pcm_s16le");
    } catch (JobException e) {
      assertThat(e.code()).isEqualTo(FailureCode.SOUND_UNREADABLE);
    }
    assertThat(asked).hasValue(0);
  }

  private static void assertRefused(Path file, FailureCode code, String what) {
    assertThatThrownBy(() -> SoundFile.probe(file))
        .as(what)
        .isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
