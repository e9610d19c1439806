/// Makes definitions of models that operators bring: looks at graphs, recognises their layout,
/// gathers what cannot be known, writes the YAML and puts everything in place.
///
/// May use `common`, `plan`'s exception and `local` for the worker program. Called by `cli`.
@NullMarked
package dev.stemfleet.dispatcher.models;

import org.jspecify.annotations.NullMarked;
