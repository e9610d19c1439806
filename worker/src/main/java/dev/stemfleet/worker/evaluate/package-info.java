/// How good a model is: songs whose stems are known go the worker's own way to the separator, and
/// what comes out is compared with the truth.
///
/// May use the rooms of sound, models and separation, and the glue between the last two in
/// `worker.job`, but neither queue nor outputs; only `WorkerMain` calls it.
@NullMarked
package dev.stemfleet.worker.evaluate;

import org.jspecify.annotations.NullMarked;
