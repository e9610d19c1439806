/// Tracks × channels → jobs: a pure function. No clock, no disk, no network: what it needs to know
/// of the world is in its request.
///
/// May use `common`. Called by `cli` and `local`.
@NullMarked
package dev.stemfleet.dispatcher.plan;

import org.jspecify.annotations.NullMarked;
