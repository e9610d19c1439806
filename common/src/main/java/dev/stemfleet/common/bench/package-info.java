/// Measuring: rounds that alternate between contenders, medians, targets, and how they are printed;
/// the work that is only pretended.
///
/// Only the JDK, `common.json` and the words of `domain` and `message` are used here; the benches
/// of dispatcher and worker call it.
@NullMarked
package dev.stemfleet.common.bench;

import org.jspecify.annotations.NullMarked;
