package dev.stemfleet.worker.model;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.message.ModelFacts;
import java.time.Instant;

/// A resident model and how it came to be one.
record Resident(ResidentModel model, double loadSeconds, Instant since) {
  ModelFacts facts(Device device) {
    ModelRef ref = model.spec().ref();
    return new ModelFacts(
        ref.id(),
        ref.sha256(),
        device.key(),
        model.dtype(),
        loadSeconds,
        since,
        model.jobsServed());
  }
}
