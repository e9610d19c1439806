/// The benches of queue and fleet: ours and a yardstick in turn, on the same machine in one run.
@NullMarked
package dev.stemfleet.dispatcher.bench;

import org.jspecify.annotations.NullMarked;
