/// What is measured: every meter with its name, type, unit, labels and meaning, in one closed table
/// ({@link dev.stemfleet.common.metrics.Meter}), and the page on which Prometheus reads them.
///
/// May use `http`, `message` and `failure`; the only room with Prometheus' libraries. Counts
/// nothing itself: worker and dispatcher put their {@link dev.stemfleet.common.metrics.Readings}
/// together when they are asked.
@NullMarked
package dev.stemfleet.common.metrics;

import org.jspecify.annotations.NullMarked;
