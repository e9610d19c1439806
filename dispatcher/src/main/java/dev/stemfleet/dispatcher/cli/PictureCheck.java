package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Whether the pictures of channels can be read and show something. Each picture is read once,
/// however many channels use it. Not thread-safe.
final class PictureCheck {
  private final AssetFolder assets;
  private final Map<AssetRef, Optional<String>> known = new HashMap<>();

  PictureCheck(AssetFolder assets) {
    this.assets = assets;
  }

  /// How many pictures were looked at.
  int count() {
    return known.size();
  }

  /// One line for every picture of the channel that is of no use.
  List<String> faults(Channel channel) {
    List<String> faults = new ArrayList<>();
    add(faults, channel, "look.background", channel.look().background());
    add(faults, channel, "look.watermark", channel.look().watermark());
    for (Stem stem : channel.stems()) {
      add(faults, channel, "look.icons." + stem.key(), channel.look().icons().get(stem));
    }
    return faults;
  }

  private void add(List<String> faults, Channel channel, String key, @Nullable AssetRef picture) {
    if (picture != null) {
      known
          .computeIfAbsent(picture, this::fault)
          .ifPresent(fault -> faults.add(channel.key() + ": " + key + ": " + fault));
    }
  }

  private Optional<String> fault(AssetRef picture) {
    Path file = assets.fileOf(picture);
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        return Optional.of(file + " is no picture that can be read");
      }
      return showsSomething(image) ? Optional.empty() : Optional.of(file + " has no visible pixel");
    } catch (IOException e) {
      return Optional.of(file + " cannot be read: " + e.getMessage());
    }
  }

  private static boolean showsSomething(BufferedImage image) {
    if (!image.getColorModel().hasAlpha()) {
      return true;
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (image.getRGB(x, y) >>> 24 != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
