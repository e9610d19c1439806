/// What lies between sound and a network's tensors: one [Translator] per layout. May use
/// `worker.spectrum` and `common`; the separation calls it.
@NullMarked
package dev.stemfleet.worker.separation.layout;

import org.jspecify.annotations.NullMarked;
