package dev.stemfleet.dispatcher.plan;

/// A track that nothing is sent for, while the others go on.
///
/// @param input what people called it
/// @param reason one line that says why
public record Refusal(String input, String reason) {}
