package dev.stemfleet.common.domain;

/// What a speech model's networks can do, without what is made of it. Used by one thread at a time.
///
/// The language model hears embeddings, 32-bit floats of [#width] numbers each, in one or two rows
/// (conditioned; not conditioned, for guidance), and answers with logits over [#vocabulary] tokens.
public interface SpeechNetwork {
  /// Numbers of an embedding.
  int width();

  /// Tokens that a logit is given for.
  int vocabulary();

  /// Whether texts are embedded with positions and an exaggeration, and may be guided by a second
  /// row. Without, the language model counts positions itself.
  boolean guided();

  /// A voice from its recording.
  ///
  /// @param samples 24 kHz, mono
  Voice voice(float[] samples);

  /// Embeds tokens.
  ///
  /// @param positions one a token; none unless [#guided]
  /// @param exaggeration of the emotion; without effect unless [#guided]
  /// @return one embedding after the other
  float[] embed(long[] ids, long[] positions, float exaggeration);

  /// Lets the language model hear the beginning of something.
  ///
  /// @param rows 1 or 2
  /// @param embeddings row after row, as many in each
  /// @param most embeddings that will be heard in all
  Passage begin(int rows, float[] embeddings, int most);

  /// Turns speech codes into sound.
  ///
  /// @return 24 kHz, mono
  float[] sound(Voice voice, long[] codes);

  /// What the language model has heard so far. Whoever began it closes it.
  interface Passage extends AutoCloseable {
    /// Of the last embedding, row after row; overwritten by the next one.
    float[] logits();

    /// Lets it hear one more.
    ///
    /// @param embedding the same for all rows
    void next(float[] embedding);

    @Override
    void close();
  }

  /// What a model knows of a voice. Does not depend on what it is to say; nobody changes its
  /// arrays.
  final class Voice {
    private final float[] features;
    private final long[] tokens;
    private final float[] speaker;
    private final float[] frames;

    /// Takes the arrays over.
    ///
    /// @param features embeddings that the language model hears first
    /// @param tokens speech codes of the recording
    /// @param speaker embedding of the speaker
    /// @param frames spectrum of the recording, 80 numbers a frame
    public Voice(float[] features, long[] tokens, float[] speaker, float[] frames) {
      this.features = features;
      this.tokens = tokens;
      this.speaker = speaker;
      this.frames = frames;
    }

    public float[] features() {
      return features;
    }

    public long[] tokens() {
      return tokens;
    }

    public float[] speaker() {
      return speaker;
    }

    public float[] frames() {
      return frames;
    }

    /// Of all that it holds.
    public long bytes() {
      return (long) Float.BYTES * (features.length + speaker.length + frames.length)
          + (long) Long.BYTES * tokens.length;
    }
  }
}
