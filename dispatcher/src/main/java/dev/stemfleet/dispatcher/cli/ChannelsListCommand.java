package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Tint;
import dev.stemfleet.dispatcher.show.TextTable;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet channels list`: every channel with what it makes.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the channels; json gives them as messages carry them.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet channels list")
final class ChannelsListCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  ChannelsListCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    ChannelCatalog channels = ChannelCatalog.load(new AssetFolder(catalog.settings(here).assets()));
    if (format.json()) {
      channels.channels().forEach(channel -> here.screen().line(JsonLine.of(channel)));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("CHANNEL", "LABEL", "LOOK", "STEMS", "ALIASES");
    channels
        .channels()
        .forEach(
            channel ->
                table.row(
                    channel.key(),
                    channel.label(),
                    look(channel.look()),
                    stems(channel),
                    channel.aliases().isEmpty() ? "-" : String.join(", ", channel.aliases())));
    table.lines().forEach(here.screen()::line);
    return ExitCode.DONE;
  }

  private static String stems(Channel channel) {
    return channel.stems().stream().map(Stem::key).collect(Collectors.joining(","));
  }

  private static String look(Look look) {
    Tint tint = look.tint();
    String size = look.width() + "x" + look.height() + " " + look.framesPerSecond() + "/s";
    return tint == null
        ? size
        : size + " tint #%02x%02x%02x".formatted(tint.red(), tint.green(), tint.blue());
  }
}
