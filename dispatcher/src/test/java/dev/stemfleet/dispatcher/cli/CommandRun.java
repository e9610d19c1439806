package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.submit.RecordingSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/// One command line executed in this JVM, and what it said and sent.
record CommandRun(int exitCode, String out, String err, RecordingSink sink) {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  static CommandRun of(Path folder, String... args) {
    return withInput(folder, "", args);
  }

  static CommandRun withInput(Path folder, String input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings here =
        new Surroundings(
            new Screen(stream(out), stream(err), false, false),
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            Map.of(
                "XDG_CONFIG_HOME",
                folder.resolve("no-config").toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString()),
            folder,
            Path.of(System.getProperty("stemfleet.home")),
            Clock.fixed(NOW, ZoneOffset.UTC));
    RecordingSink sink = new RecordingSink();
    int exitCode =
        Stemfleet.commandLine(here, new SubmitCommand(here, settings -> sink.open())).execute(args);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), sink);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
