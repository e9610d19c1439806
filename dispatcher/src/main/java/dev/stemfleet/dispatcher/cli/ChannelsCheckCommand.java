package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.dispatcher.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `stemfleet channels check`: every fault of the channel files and their pictures at once.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks channel files, their pictures and that no two can be mistaken.",
    footerHeading = "%nExample:%n",
    footer = "  stemfleet channels check --assets ./my-assets")
final class ChannelsCheckCommand implements Callable<Integer> {
  private final Surroundings here;
  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private FormatOption format = new FormatOption();

  /// What `--format json` prints.
  ///
  /// @param channels keys of those that can be read
  record Report(List<String> channels, int pictures, List<String> faults) {}

  ChannelsCheckCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public Integer call() {
    AssetFolder assets = new AssetFolder(catalog.settings(here).assets());
    ChannelCatalog.Check check = ChannelCatalog.check(assets);
    PictureCheck pictures = new PictureCheck(assets);
    List<String> faults = new ArrayList<>(check.faults());
    for (Channel channel : check.channels()) {
      faults.addAll(pictures.faults(channel));
      if (Wire.write(channel).length > Planner.MAX_CHANNEL_BYTES) {
        faults.add(channel.key() + ": its texts are too long for a message");
      }
    }
    List<String> keys = check.channels().stream().map(Channel::key).toList();
    Report report = new Report(keys, pictures.count(), faults);
    if (format.json()) {
      here.screen().line(JsonLine.of(report));
    } else {
      print(report);
    }
    return faults.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print(Report report) {
    report.faults().forEach(here.screen()::error);
    here.screen()
        .line(
            "%d channels (%s), %d pictures: %s"
                .formatted(
                    report.channels().size(),
                    String.join(", ", report.channels()),
                    report.pictures(),
                    report.faults().isEmpty()
                        ? "all good"
                        : report.faults().size() + " faults, see above"));
  }
}
