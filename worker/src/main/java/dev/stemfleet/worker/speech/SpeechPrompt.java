package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.SpeechNetwork;
import dev.stemfleet.common.domain.SpeechNetwork.Voice;
import java.util.Arrays;
import java.util.stream.LongStream;

/// What a language model hears before it speaks: the voice, then the text between its marks.
///
/// Source: resemble-ai/chatterbox `t3.py`; its public exports want the wrapped ids 6563, 255, text
/// …, 0, 6561, 6561, and Turbo's text …, 50256, 50256. Immutable.
final class SpeechPrompt {
  static final int START_SPEECH = 6561;
  static final int STOP_SPEECH = 6562;
  static final int EXAGGERATION = 6563;
  static final int START_TEXT = 255;
  static final int STOP_TEXT = 0;
  static final int END_OF_TEXT = 50_256;

  private final long[] ids;
  private final boolean guided;

  private SpeechPrompt(long[] ids, boolean guided) {
    this.ids = ids;
    this.guided = guided;
  }

  /// @param text ids of the tokenizer, without marks
  /// @param guided whether a second row hears no text
  /// @throws IllegalArgumentException if the text holds a mark
  static SpeechPrompt of(long[] text, boolean guided) {
    requireNoMark(Arrays.stream(text).anyMatch(id -> id == STOP_TEXT || id >= START_SPEECH));
    long[] ids =
        LongStream.concat(
                LongStream.of(EXAGGERATION, START_TEXT),
                LongStream.concat(
                    Arrays.stream(text), LongStream.of(STOP_TEXT, START_SPEECH, START_SPEECH)))
            .toArray();
    return new SpeechPrompt(ids, guided);
  }

  /// Turbo's, whose embedder takes the last two ids for the beginning of speech.
  ///
  /// @param text ids of the tokenizer, without marks
  /// @throws IllegalArgumentException if the text holds a mark
  static SpeechPrompt turbo(long[] text) {
    requireNoMark(Arrays.stream(text).anyMatch(id -> id == END_OF_TEXT));
    long[] ids =
        LongStream.concat(Arrays.stream(text), LongStream.of(END_OF_TEXT, END_OF_TEXT)).toArray();
    return new SpeechPrompt(ids, false);
  }

  private static void requireNoMark(boolean marked) {
    if (marked) {
      throw new IllegalArgumentException("The text holds a mark that only ends or begins texts.");
    }
  }

  int rows() {
    return guided ? 2 : 1;
  }

  /// Embeddings of all rows: voice, then text, of which the second row hears zeros.
  float[] embedded(SpeechNetwork network, Voice voice, double exaggeration) {
    float[] heard = network.embed(ids, positions(), (float) exaggeration);
    int length = voice.features().length + heard.length;
    float[] rows = new float[rows() * length];
    for (int row = 0; row < rows(); row++) {
      int at = row * length;
      System.arraycopy(voice.features(), 0, rows, at, voice.features().length);
      System.arraycopy(heard, 0, rows, at + voice.features().length, heard.length);
    }
    if (guided) {
      silence(rows, length + voice.features().length, network.width());
    }
    return rows;
  }

  private void silence(float[] rows, int from, int width) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < START_SPEECH) {
        Arrays.fill(rows, from + i * width, from + (i + 1) * width, 0);
      }
    }
  }

  private long[] positions() {
    long[] positions = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      positions[i] = ids[i] >= START_SPEECH ? 0 : i - 1;
    }
    return positions;
  }
}
