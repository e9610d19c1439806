package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.speech.Candidates.Slot;
import dev.stemfleet.common.domain.speech.Chunk;
import dev.stemfleet.common.domain.speech.Chunker;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A text and all that says how it is spoken. Immutable.
///
/// @param sha256 of the text's file
/// @param chunks in order
/// @param model that speaks
public record Script(String sha256, Speech speech, List<Chunk> chunks, ModelRef model) {
  /// Raised when takes of the same script are to sound otherwise.
  private static final int VERSION = 1;

  public Script {
    chunks = List.copyOf(chunks);
  }

  /// Cuts a text.
  public static Script of(String sha256, String text, Speech speech, ModelRef model) {
    Chunker chunker = new Chunker(speech.chunks(), Locale.of(speech.language()));
    return new Script(sha256, speech, chunker.cut(text), model);
  }

  /// Who speaks a chunk: whom its tag names, else the default speaker.
  SpeakerOrder speaker(Chunk chunk) {
    return named(chunk).orElseGet(() -> speech.speaker(speech.defaultSpeaker()).orElseThrow());
  }

  /// Tags that name nobody, each once.
  public List<String> unknownSpeakers() {
    return chunks.stream()
        .filter(chunk -> named(chunk).isEmpty())
        .map(Chunk::speaker)
        .distinct()
        .toList();
  }

  private Optional<SpeakerOrder> named(Chunk chunk) {
    return speech.speaker(chunk.speaker());
  }

  /// How many takes are wanted, those of retries not counted.
  public int takes() {
    return chunks.stream().mapToInt(chunk -> speaker(chunk).candidates().count()).sum();
  }

  /// With which a take's chance begins: the first eight bytes of a digest over script, chunk and
  /// slot. The same slot filled again is spoken the same way.
  long seed(Chunk chunk, Slot slot) {
    String hex =
        new Fingerprint("seed")
            .with("script", sha256)
            .with("chunk", chunk.index())
            .with("candidate", slot.index())
            .hex();
    return Long.parseUnsignedLong(hex, 0, 16, 16);
  }

  /// Names everything that reaches a take's samples.
  String takeName(Chunk chunk, Slot slot) {
    SpeakerOrder speaker = speaker(chunk);
    String key =
        new Fingerprint("take")
            .with("version", VERSION)
            .with("text", chunk.text())
            .with("language", speech.language())
            .with("speaker", speaker.id())
            .with("recording", voice(speaker))
            .with("parameters", slot.parameters())
            .with("seed", seed(chunk, slot))
            .with("model", model.sha256())
            .hex();
    return "%d-%d-%s.take".formatted(chunk.index(), slot.index(), key.substring(0, 32));
  }

  /// The same text spoken by the same model: what may share takes.
  public String key() {
    return new Fingerprint("script").with("text", sha256).with("model", model.sha256()).hex();
  }

  private static String voice(SpeakerOrder speaker) {
    return speaker.recording() == null ? "" : speaker.recording().sha256();
  }
}
