package dev.stemfleet.worker;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import dev.stemfleet.worker.job.SpeechSounds;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.Held;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.model.SpeechModel;
import dev.stemfleet.worker.model.WhisperModel;
import dev.stemfleet.worker.speech.ChatterboxEngine;
import dev.stemfleet.worker.speech.Voices;
import dev.stemfleet.worker.speech.WhisperRecogniser;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was seen when a speech model, or a recogniser, was loaded and warmed and its tokenizer
/// read: the facts behind `models verify`.
///
/// @param lines one fact a line, for people
record SpeechCheck(double loadSeconds, List<String> lines) {
  SpeechCheck {
    lines = List.copyOf(lines);
  }

  /// Loads a model, makes its own voice if it has one, and closes it again.
  ///
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN or DEVICE_FAILED
  static SpeechCheck of(CatalogSpeech model, Device device) {
    SpeechSpec spec = model.spec();
    String what = "family " + spec.family().key();
    if (spec.files() == null) {
      return new SpeechCheck(0, List.of(what, "has no networks", licence(model)));
    }
    try (ModelCache cache = new ModelCache(device, 0, InstantSource.system());
        Held<SpeechModel> held = cache.hold(model);
        ChatterboxEngine engine =
            ChatterboxEngine.open(model, held.model(), new Voices(1), new SpeechSounds())) {
      List<String> lines = new ArrayList<>(List.of(what));
      lines.add("languages " + String.join(", ", spec.family().languages()));
      lines.addAll(loaded(model, held, cache));
      lines.addAll(held.model().lines());
      lines.add(ownVoice(spec, engine));
      lines.add(licence(model));
      return new SpeechCheck(held.facts().loadSeconds(), lines);
    }
  }

  /// Loads a recogniser and closes it again.
  ///
  /// @throws dev.stemfleet.common.failure.JobException MODEL_BROKEN or DEVICE_FAILED
  static SpeechCheck of(CatalogRecogniser model, Device device) {
    try (ModelCache cache = new ModelCache(device, 0, InstantSource.system());
        Held<WhisperModel> held = cache.hold(model);
        WhisperRecogniser listening =
            WhisperRecogniser.open(model, held.model(), new SpeechSounds())) {
      String nothing = listening.transcript(new float[24_000], "en");
      List<String> lines = new ArrayList<>(loaded(model, held, cache));
      lines.addAll(held.model().lines());
      lines.add("hears in a second of silence: \"" + nothing + "\"");
      lines.add(licence(model));
      return new SpeechCheck(held.facts().loadSeconds(), lines);
    }
  }

  private static String ownVoice(SpeechSpec spec, ChatterboxEngine engine) {
    if (spec.files() == null || spec.files().voice() == null) {
      return "no voice of its own: every speaker needs a recording";
    }
    long start = System.nanoTime();
    var _ = engine.voice(null, "default");
    return String.format(
        Locale.ROOT, "its own voice made in %.2f s", (System.nanoTime() - start) / 1e9);
  }

  private static List<String> loaded(CatalogEntry model, Held<?> held, ModelCache cache) {
    return List.of(
        "sha256 " + model.ref().sha256(),
        String.format(
            Locale.ROOT,
            "%s on %s, loaded and warmed in %.2f s",
            model.dtype(),
            held.facts().device(),
            held.facts().loadSeconds()),
        "%d MB as budgets count them".formatted(Math.ceilDiv(cache.bytes(), 1_000_000L)));
  }

  private static String licence(CatalogEntry model) {
    return switch (model) {
      case CatalogSpeech speech ->
          "licence %s, source %s".formatted(speech.spec().licence(), speech.spec().source());
      case CatalogRecogniser listening ->
          "licence %s, source %s".formatted(listening.spec().licence(), listening.spec().source());
      case dev.stemfleet.common.catalog.CatalogModel separating ->
          "licence %s, source %s"
              .formatted(separating.spec().licence(), separating.spec().source());
    };
  }
}
