package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.worker.job.SpeechModels.HeldEngine;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.speech.Narrator;
import dev.stemfleet.worker.speech.SpeechEngine;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What speaks, of a job that may turn out not to need it: held from the start if it is resident,
/// else loaded when a voice is asked for. Used by one thread, which closes it.
final class NeededEngine implements Narrator.Voices, AutoCloseable {
  private final SpeechModels models;
  private final CatalogSpeech model;
  private final Assets assets;
  private @Nullable HeldEngine held;

  NeededEngine(SpeechModels models, CatalogSpeech model, Assets assets) {
    this.models = models;
    this.model = model;
    this.assets = assets;
    this.held = models.holdResident(model).orElse(null);
  }

  /// It, if it is held by now.
  Optional<HeldEngine> resident() {
    return Optional.ofNullable(held);
  }

  /// @throws dev.stemfleet.common.failure.JobException if it cannot be loaded
  HeldEngine get() {
    HeldEngine mine = held == null ? models.hold(model) : held;
    held = mine;
    return mine;
  }

  @Override
  public Narrator.Voice of(SpeakerOrder speaker) {
    SpeechEngine engine = get().engine();
    return new Narrator.Voice(
        engine.voice(recording(speaker), speaker.id()), engine.sampleRateHz());
  }

  private @Nullable Path recording(SpeakerOrder speaker) {
    AssetRef recording = speaker.recording();
    return recording == null ? null : assets.locate(recording);
  }

  @Override
  public void close() {
    if (held != null) {
      held.close();
    }
  }
}
