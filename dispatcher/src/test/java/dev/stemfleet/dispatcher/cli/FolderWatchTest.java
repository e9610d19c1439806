package dev.stemfleet.dispatcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.submit.SubmittedFiles;
import dev.stemfleet.dispatcher.submit.WatchedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWatchTest {
  @TempDir Path folder;
  @TempDir Path state;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final BlockingQueue<List<Path>> sent = new LinkedBlockingQueue<>();
  private SubmittedFiles submitted;
  private FolderWatch watch;
  private Thread thread;

  @BeforeEach
  void open() throws IOException {
    submitted = SubmittedFiles.open(state.resolve("files.jsonl"));
  }

  @AfterEach
  void close() throws IOException, InterruptedException {
    watch.close();
    thread.join();
    submitted.close();
  }

  @Test
  void whatIsThereAndWhatComesIsSentOnce() throws Exception {
    Path first = write("first.mp3");
    start(sent::add);
    assertThat(next()).containsExactly(first);
    Path second = write("second.mp3");
    assertThat(next()).containsExactly(second);
  }

  @Test
  void whatKafkaDidNotTakeIsSentAgain() throws Exception {
    Path song = write("song.mp3");
    AtomicInteger tries = new AtomicInteger();
    start(
        files -> {
          sent.add(files);
          if (tries.incrementAndGet() == 1) {
            throw new TimeoutException("no broker answers");
          }
        });
    assertThat(next()).containsExactly(song);
    assertThat(next()).containsExactly(song);
    assertThat(said.toString(UTF_8)).contains("warning: no broker answers (tried again)");
  }

  @Test
  void oneThatStandsInTheWayIsRefusedAndTheOthersAreSent() throws Exception {
    Path bad = write("bad.mp3");
    Path good = write("good.mp3");
    start(
        files -> {
          if (files.contains(bad)) {
            throw new RequestException("bad.mp3: two sounds of one id");
          }
          sent.add(files);
        });
    assertThat(next()).containsExactly(good);
    Path later = write("later.mp3");
    assertThat(next()).containsExactly(later);
    assertThat(said.toString(UTF_8)).containsOnlyOnce("refused bad.mp3: two sounds of one id");
  }

  private Path write(String name) throws IOException {
    return Files.writeString(folder.resolve(name), name);
  }

  private void start(FolderWatch.Submit submit) {
    WatchedFolder files =
        new WatchedFolder(folder, submitted, Duration.ZERO, InstantSource.system());
    PrintStream stream = new PrintStream(said, true, UTF_8);
    watch = new FolderWatch(files, submit, new Screen(stream, stream, false, false));
    thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    watch.run();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
  }

  private List<Path> next() throws InterruptedException {
    List<Path> files = sent.poll(30, TimeUnit.SECONDS);
    assertThat(files).as(said.toString(UTF_8)).isNotNull();
    return files;
  }
}
