/// The wire: what dispatcher and worker say to each other, as records, and the one codec that reads
/// and writes them.
///
/// May use `domain`, `failure` and Jackson. Called by the dispatcher and by the worker's `job`
/// room.
@NullMarked
package dev.stemfleet.common.message;

import org.jspecify.annotations.NullMarked;
