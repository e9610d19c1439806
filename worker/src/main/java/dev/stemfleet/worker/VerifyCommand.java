package dev.stemfleet.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.DeviceChoice;
import dev.stemfleet.worker.model.ModelCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Does with models what a worker does with them before it takes work, and says what was seen: what
/// `stemfleet models verify` shows.
@Command(name = "verify", description = "Checks, loads and runs models.")
final class VerifyCommand implements Callable<Integer> {
  private static final int WORK_FAILED = 1;

  @Mixin private final FleetFlags fleet = new FleetFlags();
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(names = "--device", defaultValue = "cpu")
  private String device = "cpu";

  @Option(names = "--json", description = "One object a model and line.")
  private boolean json;

  @Parameters(arity = "0..*", paramLabel = "MODEL", description = "Default: all.")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() throws JsonProcessingException {
    Device on = DeviceChoice.of(device);
    ModelCatalog catalog = ModelCatalog.load(List.of(fleet.settings().models()));
    Collection<CatalogEntry> models =
        ids.isEmpty() ? catalog.entries() : ids.stream().map(catalog::requireEntry).toList();
    PrintWriter out = spec.commandLine().getOut();
    boolean good = true;
    for (CatalogEntry model : models) {
      good &= verify(model, on, out);
      out.flush();
    }
    return good ? 0 : WORK_FAILED;
  }

  private boolean verify(CatalogEntry model, Device on, PrintWriter out)
      throws JsonProcessingException {
    try {
      switch (model) {
        case CatalogModel separating -> {
          ModelCheck check = ModelCheck.of(separating, on, 0);
          print(VerifyReport.of(separating, check), check.lines(), out);
        }
        case CatalogSpeech speech -> print(model, on, SpeechCheck.of(speech, on), out);
        case CatalogRecogniser listening -> print(model, on, SpeechCheck.of(listening, on), out);
      }
      return true;
    } catch (JobException e) {
      print(VerifyReport.of(model, on, e), List.of(), out);
      return false;
    }
  }

  private void print(CatalogEntry model, Device on, SpeechCheck check, PrintWriter out)
      throws JsonProcessingException {
    print(VerifyReport.of(model, on, check), check.lines(), out);
  }

  private void print(VerifyReport report, List<String> facts, PrintWriter out)
      throws JsonProcessingException {
    if (json) {
      out.println(Json.lenient().writeValueAsString(report));
    } else {
      report.lines(facts).forEach(out::println);
    }
  }
}
