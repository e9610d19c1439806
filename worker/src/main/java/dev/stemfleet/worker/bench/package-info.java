/// The benches of the worker: ours and a yardstick in turn, on the same machine in one run.
///
/// May use every room of the worker, as the composition root does; only `WorkerMain` calls it.
@NullMarked
package dev.stemfleet.worker.bench;

import org.jspecify.annotations.NullMarked;
