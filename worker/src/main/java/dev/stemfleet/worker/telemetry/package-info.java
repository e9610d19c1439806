/// Counts and times what the worker does. The only room with Dropwizard Metrics.
///
/// Called by the worker's root.
@NullMarked
package dev.stemfleet.worker.telemetry;

import org.jspecify.annotations.NullMarked;
