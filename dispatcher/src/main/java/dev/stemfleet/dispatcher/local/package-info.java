/// Everything that runs on this machine besides the command itself: an embedded single-node Kafka
/// broker and workers, as child processes, and the folder that keeps their state.
///
/// The only room that knows the broker's own classes. May use `common` and, for the command
/// `local`, `watch` and `show`. Called by `cli` and by tests.
@NullMarked
package dev.stemfleet.dispatcher.local;

import org.jspecify.annotations.NullMarked;
