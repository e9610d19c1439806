/// Measuring: rounds that alternate between contenders, medians, targets, and how they are printed.
///
/// Only the JDK and `common.json` are used here; the benches of dispatcher and worker call it.
@NullMarked
package dev.stemfleet.common.bench;

import org.jspecify.annotations.NullMarked;
