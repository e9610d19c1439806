package dev.stemfleet.dispatcher.console;

import static dev.stemfleet.dispatcher.watch.Messages.at;
import static dev.stemfleet.dispatcher.watch.Messages.done;
import static dev.stemfleet.dispatcher.watch.Messages.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.dispatcher.console.ServedConsole.Heard;
import dev.stemfleet.dispatcher.watch.FleetView;
import dev.stemfleet.dispatcher.watch.Messages;
import dev.stemfleet.fixture.TestSound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lies in the output folder, as a console hands it out: parts of files, and nothing else.
final class MediaTest {
  @TempDir Path folder;
  private final Job job = job("main");
  private final FleetView view = new FleetView();
  private Path out;
  private ServedConsole console;
  private String first;

  @BeforeEach
  void aFinishedJob() throws IOException {
    out = Files.createDirectories(folder.resolve("out"));
    view.apply(job);
    view.apply(done(job, "w1", 9));
    Path place = Files.createDirectories(out.resolve(job.directory()));
    Files.writeString(place.resolve("first.mp4"), "0123456789");
    Files.writeString(place.resolve("empty.mp4"), "");
    TestSound.tone(2, 440, 0.5).writeWav(place.resolve("tone.wav"));
    Files.writeString(folder.resolve("secret.mp4"), "secret");
    Files.createDirectories(out.resolve(".stemfleet"));
    Files.writeString(out.resolve(".stemfleet").resolve("hidden.mp4"), "hidden");
    Files.createSymbolicLink(place.resolve("leads-out.mp4"), folder.resolve("secret.mp4"));
    Files.createSymbolicLink(place.resolve("folder-out"), folder);
    Files.createSymbolicLink(place.resolve("within.mp4"), place.resolve("first.mp4"));
    manifest(
        job.directory() + "/first.mp4",
        job.directory() + "/empty.mp4",
        job.directory() + "/tone.wav",
        job.directory() + "/within.mp4",
        job.directory() + "/leads-out.mp4",
        job.directory() + "/folder-out/secret.mp4",
        "../secret.mp4",
        folder.resolve("secret.mp4").toString(),
        ".stemfleet/hidden.mp4",
        job.directory() + "/../../.stemfleet/hidden.mp4",
        job.directory(),
        "a\u0000b");
    console = new ServedConsole(view, out, List.of());
    first = "/media/" + job.jobId() + "/0";
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aFileIsHandedOutWholeAndInParts() throws IOException {
    Heard whole = console.get(first);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.text()).isEqualTo("0123456789");
    assertThat(whole.header("Content-Type")).contains("video/mp4");
    assertThat(whole.header("Accept-Ranges")).contains("bytes");

    assertPart("bytes=2-4", "234", "bytes 2-4/10");
    assertPart("bytes=7-", "789", "bytes 7-9/10");
    assertPart("bytes=-2", "89", "bytes 8-9/10");
    assertPart("bytes=-99", "0123456789", "bytes 0-9/10");
    assertPart("bytes=8-99", "89", "bytes 8-9/10");
  }

  private void assertPart(String range, String text, String place) throws IOException {
    Heard part = console.get(first, "Range: " + range);
    assertThat(part.status()).as(range).isEqualTo(206);
    assertThat(part.text()).as(range).isEqualTo(text);
    assertThat(part.header("Content-Range")).as(range).contains(place);
    assertThat(part.header("Content-Length")).contains(Integer.toString(text.length()));
  }

  @Test
  void whatCannotBeHadIsRefusedAndNonsenseMeansTheWhole() throws IOException {
    for (String range : List.of("bytes=10-", "bytes=99-100", "bytes=-0")) {
      Heard heard = console.get(first, "Range: " + range);
      assertThat(heard.status()).as(range).isEqualTo(416);
      assertThat(heard.header("Content-Range")).contains("bytes */10");
    }
    for (String range :
        List.of(
            "bytes=4-2",
            "bytes=-",
            "bytes=a-b",
            "lines=1-2",
            "bytes=0-1,4-5",
            "bytes=99999999999999999999-")) {
      assertThat(console.get(first, "Range: " + range).status()).as(range).isEqualTo(200);
    }
    assertThat(console.get(first, "Range: bytes=0-1", "If-Range: \"old\"").status()).isEqualTo(200);
    assertThat(console.get("/media/" + job.jobId() + "/1", "Range: bytes=0-").status())
        .isEqualTo(416);
    assertThat(console.get("/media/" + job.jobId() + "/1").status()).isEqualTo(200);
  }

  @Test
  void nothingOutsideOfTheOutputFolderIsHandedOut() throws IOException {
    assertThat(console.get("/media/" + job.jobId() + "/3").text()).isEqualTo("0123456789");
    for (int number = 4; number < 14; number++) {
      Heard heard = console.get("/media/" + job.jobId() + "/" + number);
      assertThat(heard.status()).as("file " + number).isEqualTo(404);
      assertThat(heard.text()).doesNotContain("secret", "hidden");
    }
    for (String path :
        List.of(
            "/media/../secret.mp4",
            "/media/%2e%2e/secret.mp4",
            "/media//etc/passwd",
            "/media/" + job.jobId() + "/-1",
            "/media/" + job.jobId() + "/0/..%2f..")) {
      assertThat(console.get(path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aResultThatLeadsElsewhereShowsNothing() throws IOException {
    Files.writeString(folder.resolve("manifest.json"), "{\"result\":null}");
    view.apply(job.inRun(Messages.RUN_2, at(20)));
    Result elsewhere = withDirectory(done(job.inRun(Messages.RUN_2, at(20)), "w1", 30), "..");
    view.apply(elsewhere);
    console.show(view);

    assertThat(console.get(first).status()).isEqualTo(404);
    assertThat(console.get("/api/jobs/" + job.jobId()).text()).contains("\"hint\"");
  }

  @Test
  void aJobIsToldWithWhatItMadeAndHowLoudThatIs() throws IOException {
    assertThat(console.get("/api/jobs/" + job.jobId()).text())
        .contains("\"state\":\"done\"", "first.mp4", "\"separations\":1");
    String wave = console.get("/api/jobs/" + job.jobId() + "/waveform/2").text();

    var peaks = Json.lenient().readTree(wave).get("peaks");
    assertThat(peaks).hasSize(600);
    assertThat(peaks.get(300).asInt()).isBetween(126, 129);
    assertThat(Json.lenient().readTree(wave).get("levels").get(300).asInt()).isBetween(88, 92);
    assertThat(console.get("/api/jobs/" + job.jobId() + "/waveform/0").status()).isEqualTo(422);
    assertThat(console.get("/frames/" + job.jobId() + "/drums").status()).isEqualTo(422);
    assertThat(console.get("/frames/" + job.jobId() + "/nonsense").status()).isEqualTo(404);
  }

  private void manifest(String... paths) throws IOException {
    List<OutputFile> files = new ArrayList<>();
    for (String path : paths) {
      files.add(new OutputFile(path, Stem.DRUMS, Product.VIDEO, 10, "0".repeat(64), 2.0));
    }
    Result made = done(job, "w1", 9);
    Result named = with(made, made.directory(), files);
    Files.write(
        out.resolve(job.directory()).resolve("manifest.json"),
        Json.lenient().writeValueAsBytes(Map.of("owner", job.jobId(), "result", named)));
  }

  private static Result withDirectory(Result result, String directory) {
    return with(result, directory, result.files());
  }

  private static Result with(Result r, String directory, List<OutputFile> files) {
    return new Result(
        r.schema(),
        r.jobId(),
        r.run(),
        r.batch(),
        r.state(),
        r.specHash(),
        r.trackId(),
        r.artist(),
        r.title(),
        r.channel(),
        r.submittedAt(),
        r.finishedAt(),
        r.worker(),
        r.attempt(),
        r.replayed(),
        directory,
        files,
        r.warnings(),
        r.stageSeconds(),
        r.caches(),
        r.model(),
        r.loudness(),
        r.videoEncoder(),
        r.failure());
  }
}
