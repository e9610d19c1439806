package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.dispatcher.local.FramePreview;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `stemfleet channels preview`: the exact frame that a worker would put into a video, drawn by the
/// worker program itself.
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = "Writes the exact frame of a channel's stem as PNG.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet channels preview tiktok --stem bass --thumbnail cover.jpg --out bass.png")
final class ChannelsPreviewCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();

  @Parameters(arity = "1", paramLabel = "CHANNEL", description = "Its key or an alias.")
  private String channelName = "";

  @Option(
      names = "--stem",
      paramLabel = "STEM",
      description = "Whose icon is drawn. Default: the channel's first.")
  private @Nullable String stemName;

  @Option(
      names = "--thumbnail",
      paramLabel = "FILE",
      description = "The track's cover. Default: the placeholder.")
  private @Nullable Path thumbnail;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "What is written. Default: <channel>-<stem>.png")
  private @Nullable Path out;

  ChannelsPreviewCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FleetSettings settings = catalog.settings(here);
    Channel channel = channel(ChannelCatalog.load(new AssetFolder(settings.assets())));
    Stem stem = stem(channel);
    Path png =
        here.folder()
            .resolve(out == null ? Path.of(channel.key() + "-" + stem.key() + ".png") : out);
    FramePreview preview = new FramePreview(WorkerProgram.find(here.home()), settings.assets());
    int code = preview.draw(new FramePreview.Wanted(channel, stem, thumbnail()), png);
    if (code == 0) {
      here.screen().line(png.toString());
    }
    return code == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private @Nullable Path thumbnail() {
    if (thumbnail == null) {
      return null;
    }
    Path picture = here.folder().resolve(thumbnail);
    if (!Files.isRegularFile(picture)) {
      throw new RequestException("--thumbnail: there is no file " + picture);
    }
    return picture;
  }

  private Channel channel(ChannelCatalog channels) {
    List<String> known = channels.channels().stream().map(Channel::key).toList();
    return channels
        .named(channelName)
        .orElseThrow(() -> new RequestException(Nearest.complaint("channel", channelName, known)));
  }

  private Stem stem(Channel channel) {
    if (stemName == null) {
      return channel.stems().getFirst();
    }
    String wanted = stemName;
    List<String> known = channel.stems().stream().map(Stem::key).toList();
    return Stem.named(wanted)
        .filter(channel.stems()::contains)
        .orElseThrow(() -> new RequestException(Nearest.complaint("stem", wanted, known)));
  }
}
