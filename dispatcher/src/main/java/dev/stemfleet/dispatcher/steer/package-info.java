/// What people ask of jobs that were submitted: that failed ones are done again, that open ones
/// end.
///
/// May use `watch`, `publish` and `common`. Called by the commands `retry` and `cancel` and by the
/// console, so that both do the same.
@NullMarked
package dev.stemfleet.dispatcher.steer;

import org.jspecify.annotations.NullMarked;
