package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.SpeechNetwork.Passage;
import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Speaks one text with one voice: token after token from the language model, then sound. Holds
/// nothing from one text to the next. One thread.
///
/// The loop is that of resemble-ai/chatterbox (`t3.py`), over its public exports.
record Speaker(SpeechNetwork network) {
  private static final int CODES = 6561;
  private static final long SILENCE = 4299;
  private static final int SILENT_END = 3;

  /// As long as a syllable never lasts.
  private static final int STUCK = 20;

  /// Measured by others: about 2.4 tokens a character and 20 more. Whoever needs half as many again
  /// has run past the end of the text.
  private static final double TOKENS_PER_CHARACTER = 3.6;

  private static final int LEAST = 60;
  private static final int MOST = 4000;

  /// How many tokens a text of so many characters may need at most.
  static int cap(int characters) {
    return (int) Math.min(MOST, LEAST + Math.ceil(TOKENS_PER_CHARACTER * characters));
  }

  /// The speech codes of a text, without marks.
  ///
  /// @param text ids of the tokenizer, without marks
  /// @param cap tokens at most
  /// @throws SpeechException if the text does not end before the cap, nothing is said, or the model
  ///   hangs on one token
  long[] codes(long[] text, Voice voice, SpeechParameters parameters, long seed, int cap)
      throws SpeechException {
    boolean guided = network.guided();
    SpeechPrompt prompt =
        guided ? SpeechPrompt.of(text, parameters.guidance() > 0) : SpeechPrompt.turbo(text);
    float[] heard = prompt.embedded(network, voice, parameters.exaggeration());
    Sampler sampler =
        guided
            ? new TokenSampler(parameters, seed, SpeechPrompt.START_SPEECH)
            : new TurboSampler(parameters, seed, SpeechPrompt.START_SPEECH);
    int[] said = new int[cap];
    int most = heard.length / prompt.rows() / network.width() + cap;
    try (Passage passage = network.begin(prompt.rows(), heard, most)) {
      for (int i = 0; i < cap; i++) {
        int token = drawn(sampler, passage);
        if (token == SpeechPrompt.STOP_SPEECH) {
          return spoken(said, i);
        }
        said[i] = token;
        requireProgress(said, i);
        passage.next(embedded(token, i, parameters.exaggeration()));
      }
    }
    throw new SpeechException("The text did not end after " + cap + " tokens.");
  }

  /// The sound of codes, 24 kHz, mono.
  float[] sound(long[] codes, Voice voice) {
    LongStream all =
        LongStream.concat(
            LongStream.concat(Arrays.stream(voice.tokens()), Arrays.stream(codes)),
            IntStream.range(0, SILENT_END).mapToLong(i -> SILENCE));
    return network.sound(voice, all.toArray());
  }

  private int drawn(Sampler sampler, Passage passage) throws SpeechException {
    try {
      return sampler.draw(passage.logits(), network.vocabulary());
    } catch (IllegalStateException e) {
      throw new SpeechException(String.valueOf(e.getMessage()));
    }
  }

  /// The public exports take everything before the first 0 of a row for text: the token 0 alone
  /// would be the text's end. Behind another 0 it is a speech token. Turbo's take the last two for
  /// speech, and want one at a time.
  private float[] embedded(int token, int index, double exaggeration) {
    if (!network.guided()) {
      return network.embed(new long[] {token}, new long[] {}, 0);
    }
    long[] ids = token == 0 ? new long[] {0, 0} : new long[] {token};
    long[] positions = token == 0 ? new long[] {0, index + 1} : new long[] {index + 1};
    float[] embedded = network.embed(ids, positions, (float) exaggeration);
    return Arrays.copyOfRange(embedded, embedded.length - network.width(), embedded.length);
  }

  private static void requireProgress(int[] said, int last) throws SpeechException {
    if (last + 1 >= STUCK
        && IntStream.rangeClosed(last + 1 - STUCK, last).allMatch(i -> said[i] == said[last])) {
      throw new SpeechException("The model says the same token again and again.");
    }
  }

  private static long[] spoken(int[] said, int count) throws SpeechException {
    long[] codes = Arrays.stream(said, 0, count).filter(id -> id < CODES).asLongStream().toArray();
    if (codes.length == 0) {
      throw new SpeechException("The model said nothing.");
    }
    return codes;
  }
}
