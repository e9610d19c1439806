/// Sends what was planned: all jobs of a track as one producer batch.
///
/// Called by the commands that submit, retry and cancel. May use `common.kafka` and the Kafka
/// clients; moves keys and bytes only.
@NullMarked
package dev.stemfleet.dispatcher.publish;

import org.jspecify.annotations.NullMarked;
