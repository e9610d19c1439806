/// The command line: one command, one class, all listed in [Stemfleet#commandLine].
///
/// May use everything of the dispatcher and picocli. Called by the launcher `stemfleet` and by
/// tests.
@NullMarked
package dev.stemfleet.dispatcher.cli;

import org.jspecify.annotations.NullMarked;
