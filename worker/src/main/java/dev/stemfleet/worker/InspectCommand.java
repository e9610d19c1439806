package dev.stemfleet.worker;

import dev.stemfleet.common.json.Json;
import dev.stemfleet.worker.model.GraphInspection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Says what tensors a network's file has, as one JSON object: what `stemfleet models add` asks.
@Command(name = "inspect", description = "Prints the tensors of a network as JSON.")
final class InspectCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "FILE")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    System.out.println(Json.pretty(GraphInspection.of(file)));
    return 0;
  }
}
