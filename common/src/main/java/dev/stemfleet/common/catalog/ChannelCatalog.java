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
    catalog.clashes().stream()
        .findFirst()
        .ifPresent(
            clash -> {
              throw new ConfigException(folder, clash);
            });
    return catalog;
  }

  /// Reads all channels and does not stop at the first fault.
  ///
  /// @throws ConfigException if there is no folder of channels at all
  public static Check check(AssetFolder assets) {
    Path folder = assets.root().resolve(FOLDER);
    List<Channel> channels = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Path file : yamlFiles(folder)) {
      try {
        channels.add(read(file, assets));
      } catch (ConfigException e) {
        faults.add(String.valueOf(e.getMessage()));
      }
    }
    faults.addAll(new ChannelCatalog(channels).clashes());
    return new Check(channels, faults);
  }

  /// What a check found.
  ///
  /// @param channels that can be read
  /// @param faults one line each, naming the file or the channels
  public record Check(List<Channel> channels, List<String> faults) {
    public Check {
      channels = List.copyOf(channels);
      faults = List.copyOf(faults);
    }
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

  /// Channels that cannot be told apart, one line each.
  private List<String> clashes() {
    List<String> clashes = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Map<String, String> labels = new HashMap<>();
    labels.put(AUDIO, "(audio products)");
    for (Channel channel : channels) {
      Stream.concat(Stream.of(channel.key()), channel.aliases().stream())
          .map(Aliases::fold)
          .distinct()
          .forEach(name -> claim(names, "key or alias", name, channel.key(), clashes));
      String place = FileNames.fold(Naming.folder(channel));
      claim(labels, "label", place, channel.key(), clashes);
    }
    return clashes;
  }

  private static void claim(
      Map<String, String> taken, String what, String name, String by, List<String> clashes) {
    String before = taken.putIfAbsent(name, by);
    if (before != null) {
      clashes.add("channels " + before + " and " + by + " share the " + what + " '" + name + "'");
    }
  }
}
