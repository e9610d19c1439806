package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Something that speaks by numbers, something that listens, and a shelf for takes, all of which
/// remember what they were asked.
final class FakeSpeech {
  static final int RATE_HZ = 24_000;

  private FakeSpeech() {}

  /// How a take is to come out.
  @FunctionalInterface
  interface Saying {
    float[] say(String text, long seed) throws SpeechException;
  }

  /// @param text that was said
  record Said(String speaker, String text, SpeechParameters parameters, long seed) {}

  /// Speaks; a take depends on all that it is told.
  static final class Engine implements Narrator.Voices {
    final List<Said> said = new ArrayList<>();
    final List<String> voices = new ArrayList<>();
    Saying saying = FakeSpeech::tone;

    @Override
    public Narrator.Voice of(SpeakerOrder speaker) {
      voices.add(speaker.id());
      return new Narrator.Voice(
          (text, language, parameters, seed) -> {
            said.add(new Said(speaker.id(), text, parameters, seed));
            return saying.say(text, seed);
          },
          RATE_HZ);
    }
  }

  /// Keeps takes in memory.
  static final class Shelf implements TakeStore {
    final Map<String, byte[]> files = new TreeMap<>();

    @Override
    public Optional<byte[]> read(String name) {
      return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public void write(String name, byte[] bytes) {
      files.put(name, bytes.clone());
    }

    /// Names of the takes of a chunk's place, of which there is one at most.
    @Nullable String take(int chunk, int slot) {
      return files.keySet().stream()
          .filter(name -> name.startsWith(chunk + "-" + slot + "-"))
          .findFirst()
          .orElse(null);
    }
  }

  /// Hears what it was told to hear in takes of a length.
  static final class Listener implements Recogniser {
    final Map<Integer, String> heard = new HashMap<>();
    int asked;

    @Override
    public String transcript(float[] samples, String language) {
      asked++;
      return heard.getOrDefault(samples.length, "");
    }
  }

  /// A tone of 0.07 s a character, a little longer by the seed.
  static float[] tone(String text, long seed) {
    float[] tone = new float[(int) (text.length() * 0.07 * RATE_HZ) + (int) (seed & 255)];
    double hz = 200 + (seed & 63);
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
    }
    return tone;
  }

  static SpeakerOrder speaker(String id, int count, int retries) {
    Candidates usual = Candidates.USUAL;
    return new SpeakerOrder(
        id, null, new Candidates(count, retries, usual.told(), usual.deviation(), usual.plain()));
  }
}
