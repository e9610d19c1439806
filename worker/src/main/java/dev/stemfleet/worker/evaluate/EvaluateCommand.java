package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.worker.job.ResidentSegments;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Compares what a model makes of songs with their true stems. Progress goes to standard error, the
/// scores to standard output; with `--json` they are its last line.
@Command(name = "evaluate", description = "Scores a model on songs whose stems are known.")
public final class EvaluateCommand implements Callable<Integer> {
  @Option(names = "--models", required = true, paramLabel = "DIR")
  private Path models = Path.of("");

  @Option(names = "--model", required = true, paramLabel = "ID")
  private String model = "";

  @Option(names = "--songs", required = true, paramLabel = "DIR")
  private Path songs = Path.of("");

  @Option(names = "--device", defaultValue = "cpu")
  private String device = "cpu";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "For the plot.")
  private Path out = Path.of("");

  @Option(names = "--json")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<SongFolder> found = SongFolder.in(songs);
    CatalogModel wanted = ModelCatalog.load(List.of(models)).require(model);
    ComparedStems compared = ComparedStems.of(wanted.spec().stems());
    if (compared.byName().isEmpty()) {
      throw new ConfigException(
          "model " + model, "gives %s, nothing to compare".formatted(wanted.spec().stems()));
    }
    int cores = Runtime.getRuntime().availableProcessors();
    List<SongScores> scores = new ArrayList<>();
    try (ModelCache cache = new ModelCache(Device.parse(device), cores, InstantSource.system())) {
      SongTrial trial = new SongTrial(new ResidentSegments(cache.get(wanted)), compared);
      for (SongFolder song : found) {
        SongSound.notes(song).forEach(System.err::println);
        scores.add(trial.of(song));
        System.err.println(EvaluationText.line(scores.getLast(), scores.size(), found.size()));
      }
    }
    print(
        new Evaluation(model, List.copyOf(compared.byName().keySet()), compared.leftOut(), scores));
    return 0;
  }

  private void print(Evaluation evaluation) throws IOException {
    String plot = plot(evaluation);
    if (json) {
      System.err.println(plot);
      System.out.println(evaluation.object());
    } else {
      EvaluationText.lines(evaluation).forEach(System.out::println);
      System.out.println(plot);
    }
  }

  /// The scores are worth more than their picture: without fonts there is none.
  private String plot(Evaluation evaluation) throws IOException {
    Path png = Files.createDirectories(out).resolve(evaluation.model() + "-sdr.png");
    try {
      ScorePlot.write(evaluation, png);
      return "plot: " + png;
    } catch (LinkageError | InternalError e) {
      return "no plot, Java finds no fonts on this machine: " + e.getMessage();
    }
  }
}
