package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.kafka.KafkaClients;

/// The way to the fleet's Kafka. Thread-safe.
public interface Gate {
  /// For whoever reads topics, and tells workers to end jobs.
  KafkaClients clients();

  /// For whoever asks of the queue, in the mode that is recorded.
  KafkaClients recorded();

  /// For whoever sends jobs.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException if the queue is not as the settings say
  KafkaClients joined();
}
