/// Moves the unfinished jobs of a fleet from a queue of one mode to one of the other.
///
/// Called by `queue migrate`. May use `common.kafka`, the Kafka clients, `publish` for the choice
/// of partitions, and `watch` for what is finished.
@NullMarked
package dev.stemfleet.dispatcher.migrate;

import org.jspecify.annotations.NullMarked;
