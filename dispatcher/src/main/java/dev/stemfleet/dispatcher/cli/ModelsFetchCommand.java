package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.fetch.Address;
import dev.stemfleet.dispatcher.fetch.FetchException;
import dev.stemfleet.dispatcher.fetch.Fetcher;
import dev.stemfleet.dispatcher.fetch.Patience;
import dev.stemfleet.dispatcher.fetch.Proxies;
import dev.stemfleet.dispatcher.models.GraphReader;
import dev.stemfleet.dispatcher.models.ModelMaker;
import dev.stemfleet.dispatcher.models.Wishes;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet models fetch`: from an address to a model that jobs may name.
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = {
      "Downloads a network after its licence was accepted, then does what models add does.",
      "A download that breaks goes on where it was when it is asked for again."
    },
    footerHeading = "%nExample:%n",
    footer = "  stemfleet models fetch hf:OWNER/REPO/model.onnx --accept-licence")
final class ModelsFetchCommand implements Callable<Integer> {
  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final String TOKEN = "HF_TOKEN";

  private final Surroundings here;
  private final Patience patience;
  private final Supplier<GraphReader> graphs;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private DefinitionOptions definition = new DefinitionOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "ADDRESS",
      description =
          "A URL, or hf:OWNER/REPO/FILE[@REVISION] for Hugging Face (HF_ENDPOINT and HF_TOKEN are"
              + " heeded). Several are one model.")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      split = ",",
      description = "What each file's SHA-256 must be. Default: what Hugging Face says.")
  private List<String> sha256s = new ArrayList<>();

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      defaultValue = "4GB",
      converter = SizeOption.class,
      description = "Largest file that is taken, for example 800MB. Default: 4GB")
  private long mostBytes;

  @Option(
      names = "--licence-file",
      paramLabel = "FILE",
      description = "The licence's text. Default: the repository's, or its model card.")
  private @Nullable Path licenceFile;

  @Option(names = "--accept-licence", description = "I have read the licence and accept it.")
  private boolean accepted;

  ModelsFetchCommand(Surroundings here) {
    this(here, Patience.USUAL, NewModel.worker(here));
  }

  /// With another patience and something else than the worker program: for tests.
  ModelsFetchCommand(Surroundings here, Patience patience, Supplier<GraphReader> graphs) {
    this.here = here;
    this.patience = patience;
    this.graphs = graphs;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    URI huggingFace = huggingFace();
    List<Address> places =
        addresses.stream().map(text -> Address.parse(text, huggingFace)).toList();
    String token = here.environment().getOrDefault(TOKEN, "");
    ScreenQuestions questions = new ScreenQuestions(here);
    try (Fetcher fetcher =
        Fetcher.of(patience, huggingFace, token, Proxies.of(here.environment()))) {
      LicenceGate gate = gate(fetcher, places);
      Wishes wishes = definition.wishes().orElse(gate.name(), places.getFirst().shown());
      String licence = licence(wishes, questions);
      if (!gate.pass(here.screen(), questions, licence, accepted)) {
        throw new FetchException(
            "the licence was not accepted, so nothing was fetched; --accept-licence accepts it");
      }
      FetchedFiles files = new FetchedFiles(here, fetcher, settings.models());
      List<Path> fetched = files.fetch(places, checkedSums(), mostBytes);
      NewModel model = new NewModel(here, settings, questions, graphs);
      ModelMaker.Ways ways = new ModelMaker.Ways(false, definition.force(), definition.verify());
      CatalogModel made =
          files.keptUnlessRefused(
              () -> model.make(fetched, wishes.orElse(licence, places.getFirst().shown()), ways));
      keepLicence(settings.models(), made, gate);
      model.tell(made, format.json(), catalog.models(here));
    }
    return ExitCode.DONE;
  }

  private LicenceGate gate(Fetcher fetcher, List<Address> places) throws InterruptedException {
    if (licenceFile != null) {
      return LicenceGate.ofFile(here.absolute(licenceFile));
    }
    List<LicenceGate> found = new ArrayList<>();
    for (List<URI> distinct : places.stream().map(Address::licences).distinct().toList()) {
      Address first =
          places.stream().filter(a -> a.licences().equals(distinct)).findFirst().orElseThrow();
      found.add(LicenceGate.find(fetcher, first));
    }
    return LicenceGate.join(found);
  }

  private static String licence(Wishes wishes, ScreenQuestions questions) {
    String given = wishes.licence();
    return given != null
        ? given
        : questions.ask(
            "--licence",
            "No text of a licence was found. What is the licence of the weights",
            answer -> {
              if (answer.isBlank()) {
                throw new IllegalArgumentException("it must not be empty");
              }
              return answer;
            });
  }

  private List<String> checkedSums() {
    if (!sha256s.isEmpty() && sha256s.size() != addresses.size()) {
      throw new RequestException(
          "--sha256: there are %d for %d files".formatted(sha256s.size(), addresses.size()));
    }
    for (String sum : sha256s) {
      if (!sum.matches("[0-9a-fA-F]{64}")) {
        throw new RequestException("--sha256: must be 64 hex digits, not '" + sum + "'");
      }
    }
    return sha256s.stream().map(sum -> sum.toLowerCase(java.util.Locale.ROOT)).toList();
  }

  /// What was accepted stays beside the model.
  private void keepLicence(Path models, CatalogModel made, LicenceGate gate) throws IOException {
    if (!gate.shown().isBlank()) {
      Files.writeString(models.resolve(made.spec().id() + ".licence.txt"), gate.shown());
    }
  }

  private URI huggingFace() {
    String text = here.environment().getOrDefault(ENDPOINT, "");
    if (text.isEmpty()) {
      return Address.HUGGING_FACE;
    }
    if (!text.matches("https?://[^/\\s@]+(/[^\\s]*)?")) {
      throw new RequestException(ENDPOINT + ": '" + text + "' is no URL of http or https");
    }
    return URI.create(text);
  }
}
