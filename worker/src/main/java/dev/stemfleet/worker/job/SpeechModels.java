package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.worker.speech.Recogniser;
import dev.stemfleet.worker.speech.SpeechEngine;
import java.util.Optional;

/// What speaks and what listens, resident in this worker. Used by the device thread.
public interface SpeechModels {
  /// What speaks, loaded if it is not there.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be loaded
  HeldEngine hold(CatalogSpeech model);

  /// What speaks, if it is loaded.
  Optional<HeldEngine> holdResident(CatalogSpeech model);

  /// What listens, loaded if it is not there.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if it cannot be loaded
  HeldRecogniser hold(CatalogRecogniser model);

  /// Closes what nobody holds, so that the next load finds more memory.
  void closeIdle();

  /// What speaks, not closed meanwhile. Whoever got it closes it.
  interface HeldEngine extends AutoCloseable {
    SpeechEngine engine();

    /// What is known of it now.
    ModelFacts facts();

    /// Counts a job that used it, or found what it had made.
    void serveJob();

    @Override
    void close();
  }

  /// What listens, not closed meanwhile. Whoever got it closes it.
  interface HeldRecogniser extends AutoCloseable {
    Recogniser recogniser();

    @Override
    void close();
  }
}
