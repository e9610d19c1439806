/// Counts and times what the worker does, and shows it by JMX. The only room with Dropwizard
/// Metrics. What there is to be measured stands in {@link dev.stemfleet.common.metrics.Meter}.
///
/// Called by the worker's root; knows no other room of the worker.
@NullMarked
package dev.stemfleet.worker.telemetry;

import org.jspecify.annotations.NullMarked;
