package dev.stemfleet.dispatcher.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// Asks the worker program, one process a question. Thread-safe.
///
/// @param program found when it is first needed, because it may not be built
public record WorkerGraphs(WorkerProgram program) implements GraphReader {
  private static final String PREFIX = "stemfleet-worker: ";

  @Override
  public GraphFacts read(Path file) throws IOException, InterruptedException {
    Said said = ask(List.of("inspect", file.toString()));
    if (said.exitCode() != 0) {
      throw new ModelException(said.complaint(file + ": cannot be read as a network"));
    }
    try {
      return Json.lenient().readValue(said.out(), GraphFacts.class);
    } catch (JsonProcessingException e) {
      throw new IOException("the worker program did not say what is in " + file, e);
    }
  }

  @Override
  public String verify(Path folder, String id) throws IOException, InterruptedException {
    Said said =
        ask(List.of("verify", "--json", "--models", folder.toString(), "--device", "cpu", id));
    return said.exitCode() == 0 ? "" : said.verdict("it cannot be loaded");
  }

  private Said ask(List<String> arguments) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("stemfleet-", ".txt");
    try {
      Process process =
          program.process(List.of(), arguments).redirectError(errors.toFile()).start();
      try (InputStream out = process.getInputStream()) {
        process.getOutputStream().close();
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text, Files.readString(errors));
      } finally {
        process.destroy();
      }
    } finally {
      Files.deleteIfExists(errors);
    }
  }

  /// How a worker process ended.
  private record Said(int exitCode, String out, String err) {
    /// What the check found, else why there was none.
    String verdict(String otherwise) throws IOException {
      String verdict = Json.lenient().readTree(out).path("verdict").asText();
      return verdict.isEmpty() ? complaint(otherwise) : verdict;
    }

    /// The worker's own line, which names the file, else the last that it said.
    String complaint(String otherwise) {
      List<String> lines =
          err.lines().map(String::strip).filter(Predicate.not(String::isEmpty)).toList();
      return lines.stream()
          .filter(line -> line.startsWith(PREFIX))
          .reduce((a, b) -> b)
          .map(line -> line.substring(PREFIX.length()))
          .orElse(lines.isEmpty() ? otherwise : otherwise + ": " + lines.getLast());
    }
  }
}
