package dev.stemfleet.common.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How jobs are handed to workers. A fleet has one mode; it is recorded in Kafka.
public enum QueueMode {
  /// A share group: any idle worker takes the next track, the broker locks it. Kafka 4.2 or newer.
  SHARE,
  /// A consumer group with transactions: tracks wait on partitions, each of which belongs to one
  /// worker at a time. For clusters without share groups.
  GROUP;

  /// As people write it: `share`, `group`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The mode of a key.
  ///
  /// @throws IllegalArgumentException naming the modes there are
  public static QueueMode parse(String key) {
    return Arrays.stream(values())
        .filter(mode -> mode.key().equals(key.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(QueueMode::key)
                                .collect(Collectors.joining(", ")))));
  }

  /// The other one.
  public QueueMode other() {
    return this == SHARE ? GROUP : SHARE;
  }

  @Override
  public String toString() {
    return key();
  }
}
