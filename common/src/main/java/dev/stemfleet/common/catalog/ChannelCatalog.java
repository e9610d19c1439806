package dev.stemfleet.common.catalog;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.domain.Aliases;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.FileNames;
import dev.stemfleet.common.domain.Naming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The channels of an assets folder: every `channels/*.yaml`, with the pictures that it names.
///
/// @param channels sorted by file name
public record ChannelCatalog(List<Channel> channels) {
  private static final String FOLDER = "channels";

  /// The folder beside the channels' in which audio products lie, folded.
  private static final String AUDIO = "audio";

  public ChannelCatalog {
    channels = List.copyOf(channels);
  }

  /// Reads and checks all channels.
  ///
  /// @throws ConfigException naming file and key, if one is wrong, a picture is missing, or two
  ///   channels share a key, an alias or a folder
  public static ChannelCatalog load(AssetFolder assets) {
    Path folder = assets.root().resolve(FOLDER);
    List<Channel> channels = new ArrayList<>();
    for (Path file : yamlFiles(folder)) {
      channels.add(read(file, assets));
    }
    if (channels.isEmpty()) {
      throw new ConfigException(folder, "there is no channel (*.yaml) here");
    }
    ChannelCatalog catalog = new ChannelCatalog(channels);
    catalog.requireDistinct(folder);
    return catalog;
  }

  /// The channel that people mean by `text`: its key or one of its aliases.
  public Optional<Channel> named(String text) {
    return channels.stream().filter(channel -> channel.isNamed(text)).findFirst();
  }

  private static Channel read(Path file, AssetFolder assets) {
    ChannelFile written = YamlFile.read(file, ChannelFile.class);
    try {
      return written.toChannel(file.toString(), assets);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file, String.valueOf(e.getMessage()));
    }
  }

  private static List<Path> yamlFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigException(folder, "no such folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private void requireDistinct(Path folder) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> labels = new HashMap<>();
    labels.put(AUDIO, "(audio products)");
    for (Channel channel : channels) {
      Stream.concat(Stream.of(channel.key()), channel.aliases().stream())
          .map(Aliases::fold)
          .distinct()
          .forEach(name -> claim(folder, names, "key or alias", name, channel.key()));
      String place = FileNames.fold(Naming.folder(channel));
      claim(folder, labels, "label", place, channel.key());
    }
  }

  private static void claim(
      Path folder, Map<String, String> taken, String what, String name, String by) {
    String before = taken.putIfAbsent(name, by);
    if (before != null) {
      throw new ConfigException(
          folder, "channels " + before + " and " + by + " share the " + what + " '" + name + "'");
    }
  }
}
