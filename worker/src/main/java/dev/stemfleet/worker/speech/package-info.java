/// Texts to speech: how a script is cut, spoken in candidates, judged and put together. Knows
/// neither the queue nor other stages.
@org.jspecify.annotations.NullMarked
package dev.stemfleet.worker.speech;
