package dev.stemfleet.worker.speech;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.domain.HearingNetwork;
import dev.stemfleet.common.domain.HearingNetwork.Hearing;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Listens with a Whisper model: the most probable token each time, without timestamps. Sounds of
/// more than 30 s are cut where they are quietest. Valid as long as its network is open; one thread
/// at a time.
///
/// Source: openai/whisper `decoding.py`: the transcript begins with the marks for start, language,
/// task and no timestamps; 224 tokens at most, none of them a mark.
public final class WhisperRecogniser implements Recogniser, AutoCloseable {
  private static final int MOST_TOKENS = 224;
  private static final int RATE_HZ = 24_000;

  private final CatalogRecogniser model;
  private final HearingNetwork network;
  private final Tokens tokens;
  private final SoundTools sounds;
  private final LogMel spectra;
  private final int start;
  private final int end;

  private WhisperRecogniser(
      CatalogRecogniser model, HearingNetwork network, Tokens tokens, SoundTools sounds) {
    this.model = model;
    this.network = network;
    this.tokens = tokens;
    this.sounds = sounds;
    this.start = require("<|startoftranscript|>");
    this.end = require("<|endoftext|>");
    var _ = require("<|transcribe|>");
    var _ = require("<|notimestamps|>");
    this.spectra = new LogMel(network.bands());
  }

  /// @param network of the model, whose files were checked
  /// @throws JobException MODEL_BROKEN if the tokenizer is none, or does not fit the model
  public static WhisperRecogniser open(
      CatalogRecogniser model, HearingNetwork network, SoundTools sounds) {
    Tokens tokens = Tokens.of(model.place(), model.spec().tokenizer());
    try {
      return new WhisperRecogniser(model, network, tokens, sounds);
    } catch (RuntimeException e) {
      tokens.close();
      throw e;
    }
  }

  private int require(String token) {
    OptionalInt id = tokens.id(token);
    if (id.isEmpty() || id.getAsInt() >= network.vocabulary()) {
      throw Tokens.broken(
          tokens.file(),
          "does not fit the model: %s is %s, of %d tokens"
              .formatted(
                  token,
                  id.isEmpty() ? "not there" : Integer.toString(id.getAsInt()),
                  network.vocabulary()));
    }
    return id.getAsInt();
  }

  @Override
  public String transcript(float[] samples, String language) {
    OptionalInt tag = tokens.id("<|" + language + "|>");
    if (tag.isEmpty()) {
      throw new JobException(
          FailureCode.SCRIPT_UNUSABLE,
          "language: %s is not known to recogniser %s".formatted(language, model.id()));
    }
    long[] marks = {start, tag.getAsInt(), require("<|transcribe|>"), require("<|notimestamps|>")};
    List<String> parts = new ArrayList<>();
    for (float[] part : QuietCuts.of(sounds.resampled(samples, RATE_HZ, LogMel.RATE_HZ))) {
      String text = heard(part, marks);
      if (!text.isEmpty()) {
        parts.add(text);
      }
    }
    return String.join(" ", parts);
  }

  private String heard(float[] part, long[] marks) {
    long[] said = new long[MOST_TOKENS];
    int count = 0;
    try (Hearing hearing = network.hear(spectra.of(part))) {
      float[] logits = hearing.next(marks);
      while (count < MOST_TOKENS) {
        int token = best(logits);
        if (token == end) {
          break;
        }
        said[count++] = token;
        if (count < MOST_TOKENS) {
          logits = hearing.next(token);
        }
      }
    }
    return tokens.text(Arrays.copyOf(said, count)).strip();
  }

  /// Marks lie from the end of text on.
  private int best(float[] logits) {
    int best = 0;
    for (int id = 1; id <= end; id++) {
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  /// Leaves the network open.
  @Override
  public void close() {
    spectra.close();
    tokens.close();
  }
}
