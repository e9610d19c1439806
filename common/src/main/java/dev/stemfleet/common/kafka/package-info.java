/// How this project talks to Kafka: settings, topics, share group, clients, checks.
///
/// The only place that builds Kafka client properties. It moves keys and bytes and knows nothing of
/// what is in them. Called by the dispatcher's `publish`, `watch`, `cli` and `local` and by the
/// worker's `queue`. May use the Kafka clients, `common.config` and `common.failure`.
@NullMarked
package dev.stemfleet.common.kafka;

import org.jspecify.annotations.NullMarked;
