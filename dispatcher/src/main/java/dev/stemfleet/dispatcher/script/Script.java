package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.speech.Chunk;
import dev.stemfleet.common.domain.speech.Chunker;
import dev.stemfleet.common.domain.speech.ScriptText;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A script that was looked at: how it is cut, who speaks, and what is odd about it. Immutable.
///
/// @param warnings one line each
public record Script(SpokenWith with, List<Chunk> chunks, List<String> warnings) {
  /// Cuts a text as it will be cut when it is spoken.
  ///
  /// @param bytes of the file
  /// @throws IllegalArgumentException saying in one line why it cannot be spoken
  public static Script read(byte[] bytes, SpokenWith with) {
    String text = ScriptText.read(bytes);
    Speech speech = with.speech();
    Locale language = Locale.forLanguageTag(speech.language());
    List<Chunk> chunks = new Chunker(speech.chunks(), language).cut(text);
    if (chunks.isEmpty()) {
      throw new IllegalArgumentException("holds speakers' tags and nothing to be spoken");
    }
    List<String> warnings = new ArrayList<>(with.warnings());
    warnOfStrangers(chunks, speech, warnings);
    warnOfLengths(chunks, with, warnings);
    return new Script(with, chunks, List.copyOf(warnings));
  }

  /// Takes that are spoken if none has to be spoken again.
  public int units() {
    Speech speech = with.speech();
    return chunks.stream()
        .mapToInt(
            chunk ->
                speech
                    .speaker(chunk.speaker())
                    .or(() -> speech.speaker(speech.defaultSpeaker()))
                    .map(speaker -> speaker.candidates().count())
                    .orElse(0))
        .sum();
  }

  /// About how long it will be: 25 speech tokens are a second, and a chunk takes 20 and 2.4 a
  /// character, as others have measured with Chatterbox.
  public double estimatedSeconds() {
    double seconds = 0;
    for (Chunk chunk : chunks) {
      boolean last = chunk.index() == chunks.size() - 1;
      seconds += (20 + 2.4 * chunk.length()) / 25;
      seconds += last ? 0 : with.speech().pauses().after(chunk.paragraph());
    }
    return seconds;
  }

  /// What goes with the jobs: those who speak, each with a recording. Who is never heard is left
  /// out, so that another voice of theirs does not make the script anew.
  ///
  /// @param voices finds the recording of a speaker
  public Speech speech(BiFunction<String, Path, AssetRef> voices) {
    Speech speech = with.speech();
    Set<String> heard = new LinkedHashSet<>();
    heard.add(speech.defaultSpeaker());
    chunks.forEach(
        chunk -> speech.speaker(chunk.speaker()).ifPresent(speaker -> heard.add(speaker.id())));
    List<SpeakerOrder> speakers =
        speech.speakers().stream()
            .filter(speaker -> heard.contains(speaker.id()))
            .map(speaker -> recorded(speaker, voices))
            .toList();
    return new Speech(
        speech.language(),
        speakers,
        speech.defaultSpeaker(),
        speech.chunks(),
        speech.pauses(),
        speech.levelling(),
        speech.thresholds(),
        speech.recogniser());
  }

  private SpeakerOrder recorded(SpeakerOrder speaker, BiFunction<String, Path, AssetRef> voices) {
    Path file = with.recordings().get(speaker.id());
    @Nullable AssetRef recording = file == null ? null : voices.apply(speaker.id(), file);
    return new SpeakerOrder(speaker.id(), recording, speaker.candidates());
  }

  private static void warnOfStrangers(List<Chunk> chunks, Speech speech, List<String> warnings) {
    chunks.stream()
        .map(Chunk::speaker)
        .distinct()
        .filter(tag -> speech.speaker(tag).isEmpty())
        .map(speech::warningOf)
        .forEach(warnings::add);
  }

  private static void warnOfLengths(List<Chunk> chunks, SpokenWith with, List<String> warnings) {
    int most = with.speech().chunks().most();
    long shorter = chunks.stream().filter(chunk -> chunk.length() < with.minChunkLength()).count();
    Optional<Integer> longest =
        chunks.stream().map(Chunk::length).filter(length -> length > most).max(Integer::compare);
    if (shorter > 0) {
      warnings.add(
          "%d of %d chunks have less than %d characters, which models speak less well"
              .formatted(shorter, chunks.size(), with.minChunkLength()));
    }
    longest.ifPresent(
        length ->
            warnings.add(
                "a sentence of %d characters has no place where it can be cut below %d"
                    .formatted(length, most)));
  }
}
