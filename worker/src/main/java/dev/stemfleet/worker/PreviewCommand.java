package dev.stemfleet.worker;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.worker.clip.CacheBudgets;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.clip.Cover;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.render.FrameDrawing;
import dev.stemfleet.worker.source.Assets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Draws one frame as a video would show it.
@Command(name = "preview", description = "Writes the exact frame of a channel's stem as PNG.")
final class PreviewCommand implements Callable<Integer> {
  @Mixin private final FleetFlags fleet = new FleetFlags();

  @Option(
      names = "--channel-json",
      required = true,
      paramLabel = "FILE",
      description = "The channel as messages carry it.")
  private Path channelFile = Path.of("");

  @Option(names = "--stem", required = true, description = "Whose icon is drawn.")
  private String stem = "";

  @Option(names = "--thumbnail", paramLabel = "FILE", description = "The track's cover.")
  private @Nullable Path thumbnail;

  @Option(names = "--png", required = true, paramLabel = "FILE", description = "What is written.")
  private Path png = Path.of("");

  @Override
  public Integer call() throws IOException {
    Channel channel = Json.lenient().readValue(Files.readAllBytes(channelFile), Channel.class);
    Stem drawn =
        Stem.named(stem)
            .filter(channel.look().icons()::containsKey)
            .orElseThrow(() -> new IllegalArgumentException("--stem: there is no '" + stem + "'"));
    Path folder = fleet.settings().assets();
    Assets assets = new Assets(List.of(folder), folder);
    CacheBudgets budgets =
        CacheBudgets.forVideosUpTo(channel.look().width(), channel.look().height());
    try (ClipCaches clips =
        ClipCaches.open(
            budgets, asset -> isCover(asset) ? Path.of(asset.name()) : assets.locate(asset))) {
      FrameClips held =
          clips.hold(
              channel.look(),
              cover(),
              "preview",
              List.of(drawn),
              FrameDrawing::base,
              new LoadCounts());
      held.coverWarning().filter(_ -> thumbnail != null).ifPresent(System.err::println);
      Picture icon = Objects.requireNonNull(held.icons().get(drawn));
      write(FrameDrawing.frame(channel.look(), held.base(), held.watermark(), icon));
    }
    return 0;
  }

  private boolean isCover(AssetRef asset) {
    return thumbnail != null && asset.name().equals(thumbnail.toString());
  }

  private Cover cover() throws IOException {
    return thumbnail == null
        ? new Cover.None()
        : new Cover.Stored(new AssetRef(thumbnail.toString(), Sha256.ofFile(thumbnail)));
  }

  private void write(Picture frame) throws IOException {
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, frame.width(), frame.height(), frame.argb(), 0, frame.width());
    if (!ImageIO.write(image, "png", png.toFile())) {
      throw new IOException("cannot write " + png);
    }
  }
}
