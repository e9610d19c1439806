/// Everything that runs on this machine besides the command itself: the broker and workers as child
/// processes.
///
/// May use `common`. Called by `cli`.
@NullMarked
package dev.stemfleet.dispatcher.local;

import org.jspecify.annotations.NullMarked;
