/// The queue as the worker sees it: take a job, renew its lease, answer it once.
///
/// The only room of the worker with Kafka clients. It moves keys and bytes and knows nothing of
/// jobs. Called by the worker's job loop and its composition root.
///
/// Two queues, {@link dev.stemfleet.worker.queue.ShareQueue} and {@link
/// dev.stemfleet.worker.queue.GroupQueue}, which differ in their leases only.
///
/// Threads: each queue has one thread that makes all calls on its consumer; callers hand it
/// commands and wait. A control reader has a thread of its own. Producers are thread-safe and
/// called from anywhere.
@NullMarked
package dev.stemfleet.worker.queue;

import org.jspecify.annotations.NullMarked;
