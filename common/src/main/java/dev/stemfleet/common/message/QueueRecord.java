package dev.stemfleet.common.message;

import dev.stemfleet.common.domain.QueueMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message of the fleet topic: how the queue works from now on.
///
/// @param number 1 for the first; a record counts only if its number follows that of the last one
///   that counted, so that of two that were written at the same time one wins
/// @param movingTo the mode that open jobs are being moved to; null when all is settled
/// @param by user and host
public record QueueRecord(
    String schema,
    int number,
    QueueMode mode,
    @Nullable QueueMode movingTo,
    Instant since,
    String by) {}
