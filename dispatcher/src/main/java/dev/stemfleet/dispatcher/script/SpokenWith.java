package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How scripts are spoken, with all names found and all defaults filled in; the recordings of the
/// voices have not been looked at yet. Immutable.
///
/// @param speech without recordings
/// @param recordings by the id of their speaker
/// @param minChunkLength shorter chunks are warned of
/// @param warnings about what the files say
public record SpokenWith(
    ModelRef model,
    SpeechFamily family,
    Speech speech,
    Map<String, Path> recordings,
    int minChunkLength,
    List<String> warnings) {
  public SpokenWith {
    recordings = Map.copyOf(recordings);
    warnings = List.copyOf(warnings);
  }
}
