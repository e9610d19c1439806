package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.dispatcher.submit.InputReader;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.NamedInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet local`: broker, worker and submit on this machine with one command.
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the videos on this machine: starts a broker and a worker, submits, waits.",
      "A second one at the same time has a broker and a worker of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  stemfleet local song.mp3 --channels main,backup,drums --out ./out",
      "  stemfleet local tale.txt --channels main --out ./out"
    })
final class LocalCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private JobOptions job = new JobOptions();
  @Mixin private TrackOptions track = new TrackOptions();
  @Mixin private SpeechOptions speech = new SpeechOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "TRACK",
      description =
          "Sound files, scripts (.txt, .md), folders, 'patterns', playlists, job files, http(s)"
              + " addresses.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "What the worker uses: cpu, cuda:0, ... Default: cpu")
  private String device = "cpu";

  LocalCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    var settings = fleet.settings(here);
    InputReader reader =
        new InputReader(
            here.folder(), settings.roots(), new StoreSources(settings.s3()), here.in());
    List<Inputs> read = reader.read(inputs);
    List<Inputs> asked =
        NamedInputs.chosen(read, job.name()).stream()
            .map(one -> speech.over(track.over(one, here), here))
            .toList();
    boolean isName = job.name() != null && NamedInputs.isName(read, job.name());
    JobFields fields = job.named(isName ? job.name() : null);
    return new LocalFollow(here, format.json()).run(settings, asked, fields, device);
  }
}
