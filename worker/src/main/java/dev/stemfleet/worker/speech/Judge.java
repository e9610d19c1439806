package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.speech.Speech;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells good takes from bad ones: by their signal, and by what a recogniser hears if there is one.
/// One thread.
///
/// A transcript belongs to a sound, not to a place in the row of candidates: it is kept under the
/// sound's digest.
final class Judge {
  private final Speech speech;
  private final TakeStore store;
  private final @Nullable Recogniser recogniser;

  /// @param recogniser null if none was asked for
  Judge(Speech speech, TakeStore store, @Nullable Recogniser recogniser) {
    this.speech = speech;
    this.store = store;
    this.recogniser = recogniser;
  }

  /// @param text that was to be said
  Verdict of(Take take, String text) {
    Optional<String> failure = take.failure();
    if (failure.isPresent()) {
      return Verdict.unusable(failure.get());
    }
    String wanted = text.strip();
    SignalCheck signal;
    try {
      signal = SignalCheck.of(take.samples(), take.rateHz(), wanted);
    } catch (IllegalArgumentException e) {
      return Verdict.unusable(String.valueOf(e.getMessage()));
    }
    String fault = signal.fault(wanted.codePointCount(0, wanted.length())).orElse(null);
    if (signal.silent()) {
      return Verdict.unusable(String.valueOf(fault));
    }
    return recogniser == null ? Verdict.ofSignal(fault) : heard(take, wanted, fault, recogniser);
  }

  private Verdict heard(Take take, String wanted, @Nullable String fault, Recogniser listener) {
    String transcript = transcript(take, listener);
    TranscriptScore score = TranscriptScore.of(transcript, wanted);
    return new Verdict(
        true,
        fault == null && score.valid(speech.thresholds()),
        score.overall(),
        fault,
        transcript,
        score.similarity(),
        score.quality());
  }

  private String transcript(Take take, Recogniser listener) {
    String name =
        new Fingerprint("transcript")
                .with("sound", take.digest())
                .with("recogniser", String.valueOf(speech.recogniser()))
                .with("language", speech.language())
                .hex()
            + ".txt";
    Optional<byte[]> kept = store.read(name);
    if (kept.isPresent()) {
      return new String(kept.get(), StandardCharsets.UTF_8);
    }
    String transcript = listener.transcript(take.samples(), speech.language());
    store.write(name, transcript.getBytes(StandardCharsets.UTF_8));
    return transcript;
  }
}
