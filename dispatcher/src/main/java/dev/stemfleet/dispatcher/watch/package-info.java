/// What became of the jobs: reads the topics batches, results, events and control, and keeps the
/// state of every job, batch and worker.
///
/// The state ({@link dev.stemfleet.dispatcher.watch.FleetView}) is pure: it needs no broker. May
/// use `common` and, for reading, `common.kafka`; writes nothing. Called by `show`, `local` and
/// `cli`.
@NullMarked
package dev.stemfleet.dispatcher.watch;

import org.jspecify.annotations.NullMarked;
