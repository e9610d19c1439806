/// The meters of the whole fleet, from one place: how full the queue is, how long jobs wait, what
/// workers say.
///
/// {@link dev.stemfleet.dispatcher.monitor.FleetReadings} is pure; {@link
/// dev.stemfleet.dispatcher.monitor.FleetMonitor} asks the brokers and keeps what they said. May
/// use `common` and `watch`; writes nothing. Called by `cli`.
@NullMarked
package dev.stemfleet.dispatcher.monitor;

import org.jspecify.annotations.NullMarked;
