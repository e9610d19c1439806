package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.demo.DemoCover;
import dev.stemfleet.dispatcher.demo.DemoSong;
import dev.stemfleet.dispatcher.local.StateFolder;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.TrackEntry;
import dev.stemfleet.dispatcher.submit.TrackFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `stemfleet demo`: a local run with a track that comes along.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Makes 15 videos of a song that comes along: 3 channels with 5 stems each.",
    footerHeading = "%nExamples:%n",
    footer = {"  stemfleet demo --out ./out", "  stemfleet demo --songs ./songs"})
final class DemoCommand implements Callable<Integer> {
  private static final List<String> CHANNELS = List.of("main", "backup", "drums");

  private static final int SONGS = 12;

  private final Surroundings here;
  @Mixin private FleetOptions fleet = new FleetOptions();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = {"--job", "--batch"},
      paramLabel = "NAME",
      description = "Name of the batch, and of its folder. Default: date and 4 digits.")
  private @Nullable String batch;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "What the worker uses: cpu, cuda:0, ... Default: cpu")
  private String device = "cpu";

  @Option(
      names = "--songs",
      paramLabel = "DIR",
      description = "Make no videos: write 12 songs of 24 s there, to try things out with.")
  private @Nullable Path songs;

  DemoCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException {
    if (songs != null) {
      return write(here.absolute(songs));
    }
    Path folder = StateFolder.of(here.environment()).demo();
    Path song = DemoSong.in(folder);
    TrackFields said =
        new TrackFields(
            null,
            DemoSong.TITLE,
            DemoSong.ARTIST,
            DemoSong.BPM,
            DemoSong.KEY,
            DemoSong.GENRE,
            DemoCover.in(folder),
            null,
            null,
            null);
    TrackEntry track =
        new TrackEntry(song.toString(), new TrackEntry.LocalFile(song), said, TrackFields.NONE);
    JobFields fields = new JobFields(batch, CHANNELS, List.of(), List.of(), null, null, null, null);
    return new LocalFollow(here, format.json())
        .run(
            fleet.settings(here),
            List.of(new Inputs(List.of(track), JobFields.NONE)),
            fields,
            device);
  }

  private int write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 1; i <= SONGS; i++) {
      Path song = folder.resolve("morning-tape-%02d.wav".formatted(i));
      DemoSong.writeHigher(song, i);
      here.screen().line(song.toString());
    }
    return ExitCode.DONE;
  }
}
