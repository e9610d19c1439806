/// Networks that stay loaded: reading and checking their files, binding their tensors to the roles
/// of the layout, sessions, warm-up, running.
///
/// The only room with ONNX Runtime. May use `common`. `Worker` opens one [ModelCache] per process
/// and closes it last; the job asks it for a model and runs that on the device thread only. What
/// the numbers in tensors mean is not known here.
@NullMarked
package dev.stemfleet.worker.model;

import org.jspecify.annotations.NullMarked;
