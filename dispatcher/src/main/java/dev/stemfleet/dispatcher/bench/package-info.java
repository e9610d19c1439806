/// The benches of the dispatcher and of whole processes: sending, the queue with real worker
/// processes, reading the history, starts, memory, a whole job. Each starts a broker of its own in
/// a temporary folder.
///
/// May use every room of the dispatcher but `cli`, which calls it.
@NullMarked
package dev.stemfleet.dispatcher.bench;

import org.jspecify.annotations.NullMarked;
