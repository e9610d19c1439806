package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.config.FleetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Channels as large as those of people who describe their videos at length: about 3 KB each in a
/// message.
final class BenchChannels {
  static final List<String> KEYS = List.of("one", "two", "three", "four", "five");
  private static final int DESCRIPTION_LINES = 14;
  private static final int TAGS = 24;

  private BenchChannels() {}

  /// Makes a folder of assets with the pictures that come along.
  ///
  /// @return the folder
  static Path writeTo(Path folder) throws IOException {
    Path channels = Files.createDirectories(folder.resolve("channels"));
    try (Stream<Path> shipped = Files.list(FleetSettings.home().resolve("assets"))) {
      for (Path file : shipped.filter(f -> f.toString().endsWith(".png")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    for (String key : KEYS) {
      Files.writeString(channels.resolve(key + ".yaml"), yaml(key));
    }
    return folder;
  }

  private static String yaml(String key) {
    String description =
        IntStream.range(0, DESCRIPTION_LINES)
            .mapToObj(
                line ->
                    "    {artist} - {title}, the {stem}: line %d of what channel %s says.\n"
                        .formatted(line, key))
            .collect(Collectors.joining());
    String tags =
        IntStream.range(0, TAGS)
            .mapToObj(tag -> "stems of " + key + " " + tag)
            .collect(Collectors.joining(", "));
    return """
        key: %s
        label: Channel %s
        look:
          background: background.png
          watermark: sgs.png
        publishing:
          category: Music
          privacy: private
          description: |
        %s  tags: [%s]
        """
        .formatted(key, key, description, tags);
  }
}
