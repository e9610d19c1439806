/// The worker program. Start reading at `WorkerMain`, then `Worker`, the job loop and `JobRunner`.
@NullMarked
package dev.stemfleet.worker;

import org.jspecify.annotations.NullMarked;
