/// The story of one job: its stages in order, what can come of them, and what is reported
/// meanwhile.
///
/// Calls the stage rooms with values and puts their answers together; uses no library itself. Knows
/// nothing of the queue: what it needs of a lease it declares here. Called by the job loop.
@NullMarked
package dev.stemfleet.worker.job;

import org.jspecify.annotations.NullMarked;
