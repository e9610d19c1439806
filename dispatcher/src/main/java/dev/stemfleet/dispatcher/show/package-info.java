/// The fleet as people see it: tables, lines and progress bars as text.
///
/// Turns values of `watch` into text; reads no topic and no clock. May use `common` and `watch`.
/// Called by `local` and `cli`.
@NullMarked
package dev.stemfleet.dispatcher.show;

import org.jspecify.annotations.NullMarked;
