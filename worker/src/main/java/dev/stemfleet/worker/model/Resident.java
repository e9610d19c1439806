package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.message.ModelFacts;
import java.time.Instant;

/// A resident model and how it came to be one.
record Resident(ModelKey key, LoadedModel model, double loadSeconds, Instant since) {
  ModelFacts facts() {
    ModelRef ref = key.ref();
    return new ModelFacts(
        ref.id(),
        ref.sha256(),
        key.device().key(),
        key.dtype(),
        loadSeconds,
        since,
        model.jobsServed());
  }
}
