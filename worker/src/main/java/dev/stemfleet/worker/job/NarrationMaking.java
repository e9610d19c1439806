package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.LoudnessFacts;
import dev.stemfleet.worker.audio.Clipping;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.MonoSound;
import dev.stemfleet.worker.audio.SpokenLevel;
import dev.stemfleet.worker.audio.SpokenLine;
import dev.stemfleet.worker.audio.SpokenParts;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.speech.Narration;
import dev.stemfleet.worker.speech.Narrator;
import dev.stemfleet.worker.speech.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/// Makes a script's encoded narration: spoken, put together, made as loud as it is to be, encoded.
///
/// @param folder for the files
/// @param products beside the sound of the videos
/// @param pool ends files
record NarrationMaking(
    Path folder, Set<Product> products, Script script, Narrator narrator, Executor pool) {
  private static final GainPlan AS_IT_IS = new GainPlan(0, GainPlan.DecidedBy.NONE, List.of());

  StemStore.Made make(Progress progress) {
    Narration narration = narrator.narrate(progress);
    SpokenLine line =
        new SpokenLine(
            new Parts(narrator, narration), script.speech().pauses(), narration.rateHz());
    SpokenLevel level = SpokenLevel.of(script.speech().levelling(), line);
    Clipping clipping = new Clipping();
    try (StemEncodings encodings =
        StemEncodings.open(folder, Map.of(Stem.NARRATION, AS_IT_IS), products)) {
      encode(line, level, clipping, encodings);
      encodings.finish(MonoSound.samples(line.samples(), line.rateHz()), pool);
      SpeechReport report = SpeechReport.of(script, narration, line, level, clipping.samples());
      return new StemStore.Made(
          encodings.audio(),
          Json.toMap(
              new StemAudio.Facts(
                  loudness(level, encodings.highestTruePeakDbtp()),
                  warnings(narration, clipping),
                  encodings.products(),
                  null,
                  report)));
    }
  }

  private void encode(
      SpokenLine line, SpokenLevel level, Clipping clipping, StemEncodings encodings) {
    MonoSound.Sink toEncoder =
        (left, right, count) -> {
          clipping.write(left, count);
          encodings.write(Stem.NARRATION, left, right, count);
        };
    try (MonoSound sound = new MonoSound(line.rateHz(), toEncoder)) {
      line.into(
          (mono, count) -> {
            level.apply(mono, count);
            sound.write(mono, count);
          });
      sound.finish();
    }
  }

  private LoudnessFacts loudness(SpokenLevel level, double truePeakDbtp) {
    boolean lufs = script.speech().levelling().method() == Levelling.Method.LUFS;
    return new LoudnessFacts(
        lufs ? level.measuredDb() : null,
        Double.isFinite(truePeakDbtp) ? truePeakDbtp : null,
        level.gainDb(),
        "narration",
        null);
  }

  private List<String> warnings(Narration narration, Clipping clipping) {
    List<String> warnings = new ArrayList<>();
    for (String unknown : script.unknownSpeakers()) {
      warnings.add(script.speech().warningOf(unknown));
    }
    if (script.speech().recogniser() == null) {
      warnings.add("No recogniser listened: what was spoken was judged by its signal alone.");
    }
    List<String> poor =
        narration.chunks().stream()
            .filter(chunk -> !chunk.best().verdict().valid())
            .map(chunk -> Integer.toString(chunk.chunk().index() + 1))
            .toList();
    if (!poor.isEmpty()) {
      warnings.add(
          "No take was valid of chunk %s; the best one is heard."
              .formatted(String.join(", ", poor)));
    }
    if (clipping.samples() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d samples lie beyond full scale (by %.1f dB at most) and are clipped by players.",
              clipping.samples(),
              clipping.highestDb()));
    }
    return warnings;
  }

  /// The chosen takes.
  private record Parts(Narrator narrator, Narration narration) implements SpokenParts {
    @Override
    public int count() {
      return narration.chunks().size();
    }

    @Override
    public int length(int part) {
      return narration.chunks().get(part).best().samples();
    }

    @Override
    public float[] samples(int part) {
      return narrator.samples(narration.chunks().get(part));
    }

    @Override
    public boolean paragraph(int part) {
      return narration.chunks().get(part).chunk().paragraph();
    }
  }
}
