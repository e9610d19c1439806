package dev.stemfleet.common.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message of the dead topic: a job that is not tried again, whole, and why.
///
/// @param job as it was, null when the message could not be read
/// @param message the unreadable message's bytes as Base64 (the first 512 KiB of them), null when
///   it could be read
public record DeadJob(
    String schema,
    @Nullable Job job,
    @Nullable String message,
    Failure failure,
    int attempts,
    String worker,
    Instant at) {}
