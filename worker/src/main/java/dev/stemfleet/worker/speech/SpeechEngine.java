package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What speaks: a resident model, or the demonstration voice. One thread at a time.
public interface SpeechEngine {
  /// Of all that it says.
  int sampleRateHz();

  /// A voice. Made from its recording once, and kept.
  ///
  /// @param recording a sound file; null for the engine's own voice
  /// @param speaker id, by which the demonstration voice tells speakers apart
  /// @throws dev.stemfleet.common.failure.JobException SCRIPT_UNUSABLE and others, if the recording
  ///   is none that a voice can be made from
  SpokenVoice voice(@Nullable Path recording, String speaker);

  /// A voice that is an argument of what is spoken, never a state of the engine. Valid as long as
  /// its engine.
  interface SpokenVoice {
    /// Speaks a text.
    ///
    /// @param text of one chunk
    /// @param language of the text, as `en`
    /// @param seed the same one gives the same tokens again
    /// @return mono, ±1
    /// @throws SpeechException if nothing usable came of it; another seed may do better
    float[] speak(String text, String language, SpeechParameters parameters, long seed)
        throws SpeechException;
  }
}
