/// Kafka on this machine without any set-up: an embedded single-node broker as a child process.
///
/// The only room that knows the broker's own classes; called by the commands `local`, `demo` and
/// `broker` and by tests. May use `common.kafka`.
@NullMarked
package dev.stemfleet.dispatcher.local;

import org.jspecify.annotations.NullMarked;
