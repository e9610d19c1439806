package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.LoopFile;
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

/// Whether the pictures of channels, and the videos behind them, can be read and show something.
/// Each is read once, however many channels use it. Not thread-safe.
final class PictureCheck {
  private final AssetFolder assets;
  private final Map<AssetRef, Optional<String>> pictures = new HashMap<>();
  private final Map<AssetRef, Optional<String>> loops = new HashMap<>();

  PictureCheck(AssetFolder assets) {
    this.assets = assets;
  }

  /// How many pictures and loops were looked at.
  int count() {
    return pictures.size() + loops.size();
  }

  /// One line for every picture of the channel that is of no use.
  List<String> faults(Channel channel) {
    List<String> faults = new ArrayList<>();
    addBackground(faults, channel);
    add(faults, channel, "look.watermark", channel.look().watermark());
    for (Stem stem : channel.stems()) {
      add(faults, channel, "look.icons." + stem.key(), channel.look().icons().get(stem));
    }
    return faults;
  }

  private void addBackground(List<String> faults, Channel channel) {
    AssetRef background = channel.look().background();
    if (isLoop(background)) {
      add(faults, channel, "look.background", loops.computeIfAbsent(background, this::loopFault));
    } else {
      add(faults, channel, "look.background", background);
    }
  }

  private void add(List<String> faults, Channel channel, String key, @Nullable AssetRef picture) {
    if (picture != null) {
      add(faults, channel, key, pictures.computeIfAbsent(picture, this::fault));
    }
  }

  private static void add(
      List<String> faults, Channel channel, String key, Optional<String> found) {
    found.ifPresent(fault -> faults.add(channel.key() + ": " + key + ": " + fault));
  }

  private boolean isLoop(AssetRef background) {
    try {
      return LoopFile.isLoop(assets.fileOf(background));
    } catch (IOException e) {
      return false; // whoever reads it as a picture says what is wrong
    }
  }

  private Optional<String> loopFault(AssetRef loop) {
    Path file = assets.fileOf(loop);
    try {
      LoopFile.check(file, file.toString());
      return Optional.empty();
    } catch (JobException e) {
      return Optional.ofNullable(e.getMessage());
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
