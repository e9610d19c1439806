package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.Candidates.Slot;
import dev.stemfleet.common.domain.speech.Chunk;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.speech.Narration.Candidate;
import dev.stemfleet.worker.speech.Narration.Spoken;
import dev.stemfleet.worker.speech.SpeechEngine.SpokenVoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks a script: every chunk in its candidates, and once more where none is valid. What was
/// spoken before, by whomever, is not spoken again: each take is kept as soon as it is there. One
/// script, one thread.
public final class Narrator {
  private static final Logger LOG = LoggerFactory.getLogger(Narrator.class);
  private static final int EXCERPT = 40;

  private final Script script;
  private final Voices voices;
  private final TakeStore store;
  private final Judge judge;
  private final Map<String, Voice> known = new HashMap<>();
  private int made;
  private int rateHz;

  /// Gives speakers their voices; asked once for each, and only if something is to be spoken.
  @FunctionalInterface
  public interface Voices {
    /// @throws JobException if the voice cannot be made, or what speaks cannot be loaded
    Voice of(SpeakerOrder speaker);
  }

  /// @param rateHz of all that it says
  public record Voice(SpokenVoice spoken, int rateHz) {}

  /// @param recogniser that listens to the takes; null where their signal decides
  public Narrator(Script script, Voices voices, TakeStore store, @Nullable Recogniser recogniser) {
    this.script = script;
    this.voices = voices;
    this.store = store;
    this.judge = new Judge(script.speech(), store, recogniser);
  }

  /// Takes that were spoken by this narrator, and not found.
  public int made() {
    return made;
  }

  /// Speaks all of it.
  ///
  /// @param progress told after each take; may throw to stop, and what is spoken stays
  /// @throws JobException SOUND_CHECK_FAILED naming the chunk of which nothing can be used
  public Narration narrate(Progress progress) {
    int wanted = script.takes();
    List<Spoken> spoken = new ArrayList<>();
    int before = 0;
    for (Chunk chunk : script.chunks()) {
      int count = script.speaker(chunk).candidates().count();
      int base = before;
      spoken.add(spoken(chunk, takes -> progress.units(base + Math.min(takes, count), wanted)));
      before += count;
    }
    return new Narration(rateHz, spoken);
  }

  /// The samples of the take that was chosen, mono.
  public float[] samples(Spoken chunk) {
    Take take = take(chunk.chunk(), chunk.best().slot());
    if (take.samples().length != chunk.best().samples()) {
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED, about(chunk.chunk()) + " sounds different each time");
    }
    return take.samples();
  }

  private Spoken spoken(Chunk chunk, IntConsumer spokenTakes) {
    SpeakerOrder speaker = script.speaker(chunk);
    Candidates wanted = speaker.candidates();
    List<Candidate> takes = new ArrayList<>();
    while (takes.size() < wanted.count() || mayRetry(takes, wanted)) {
      takes.add(candidate(chunk, wanted.slot(takes.size())));
      spokenTakes.accept(takes.size());
    }
    int chosen = Narration.choose(takes);
    if (chosen < 0) {
      throw new JobException(
          FailureCode.SOUND_CHECK_FAILED,
          about(chunk) + " cannot be spoken: " + String.join("; ", faults(takes)));
    }
    return new Spoken(chunk, speaker, takes, chosen);
  }

  private static boolean mayRetry(List<Candidate> takes, Candidates wanted) {
    return takes.size() < wanted.places()
        && takes.stream().noneMatch(take -> take.verdict().valid());
  }

  private Candidate candidate(Chunk chunk, Slot slot) {
    Take take = take(chunk, slot);
    if (rateHz != 0 && take.rateHz() != rateHz) {
      throw new IllegalStateException("takes of one script have different rates");
    }
    rateHz = take.rateHz();
    return new Candidate(
        slot,
        script.seed(chunk, slot),
        take.samples().length,
        take.seconds(),
        take.digest(),
        judge.of(take, chunk.text()));
  }

  /// A take, found or made. A failure is kept as well: the same seed would fail again.
  private Take take(Chunk chunk, Slot slot) {
    String name = script.takeName(chunk, slot);
    Optional<Take> kept = store.read(name).flatMap(bytes -> readable(name, bytes));
    if (kept.isPresent()) {
      return kept.get();
    }
    Take fresh = speak(chunk, slot);
    store.write(name, fresh.toBytes());
    made++;
    return fresh;
  }

  private Take speak(Chunk chunk, Slot slot) {
    SpeakerOrder speaker = script.speaker(chunk);
    Voice voice = known.computeIfAbsent(speaker.id(), id -> voices.of(speaker));
    try {
      float[] samples =
          voice
              .spoken()
              .speak(
                  chunk.text(),
                  script.speech().language(),
                  slot.parameters(),
                  script.seed(chunk, slot));
      return samples.length == 0
          ? Take.failed(voice.rateHz(), "nothing was said")
          : Take.spoken(voice.rateHz(), samples);
    } catch (SpeechException e) {
      return Take.failed(voice.rateHz(), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Take> readable(String name, byte[] bytes) {
    try {
      return Optional.of(Take.of(bytes));
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("take", name)
          .addKeyValue("reason", e.getMessage())
          .log("a kept take cannot be used and is spoken again");
      return Optional.empty();
    }
  }

  private static List<String> faults(List<Candidate> takes) {
    return takes.stream()
        .map(take -> String.valueOf(take.verdict().fault()))
        .distinct()
        .collect(Collectors.toList());
  }

  private static String about(Chunk chunk) {
    String text = chunk.text().strip();
    String shown = text.length() <= EXCERPT ? text : text.substring(0, EXCERPT).strip() + "…";
    return "chunk %d (%s)".formatted(chunk.index() + 1, shown);
  }
}
