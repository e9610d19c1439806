package dev.stemfleet.worker.clip;

/// One cache at one moment, counted since the worker started.
///
/// @param hits gets answered without a load, waits for another's load included
/// @param misses gets that loaded
/// @param evictions entries thrown out to make room
/// @param bytes off-heap memory taken by entries
/// @param budgetBytes off-heap memory it may take
public record CacheStatistics(
    ClipKind kind,
    long hits,
    long misses,
    long evictions,
    long entries,
    long bytes,
    long budgetBytes) {}
