/// One web page that shows the fleet as `status`, `workers` and `cache` do, lets people retry and
/// cancel, and plays what was made.
///
/// One thread reads the topics ([dev.stemfleet.dispatcher.console.FleetReader]); every browser is
/// told of what it made of them ([dev.stemfleet.dispatcher.console.Board]). Reads below the output
/// folder, writes nothing there. The page makes text of what it is told, never markup.
///
/// May use `watch`, `show`, `steer`, `local` and `common`. Called by the command `console`.
@NullMarked
package dev.stemfleet.dispatcher.console;

import org.jspecify.annotations.NullMarked;
