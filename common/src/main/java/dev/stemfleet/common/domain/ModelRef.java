package dev.stemfleet.common.domain;

/// A model named by its id and by the bytes of its files.
///
/// @param id as in the model's file, for example `builtin`
/// @param sha256 64 lower-case hex digits over the model's files
public record ModelRef(String id, String sha256) {}
