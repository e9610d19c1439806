package dev.stemfleet.dispatcher.script;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.common.domain.speech.ChunkLimits;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Pauses;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.Thresholds;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.script.GenerationFile.SpeakerFile;
import dev.stemfleet.dispatcher.script.GenerationFile.TtsParams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts together what files say of scripts, and finds every name in the catalogue. Immutable.
///
/// @param defaults what the installation says, weaker than all else
/// @param flags what the command line says, stronger than all else
public record SpeechChoices(ModelCatalog catalog, SpeechFile defaults, SpeechFlags flags) {
  /// Where the defaults of an installation lie, in its assets.
  public static final String DEFAULTS = "speech.yaml";

  private static final String USUAL_LANGUAGE = "en";
  private static final int USUAL_MIN_CHUNK = 80;

  /// How one script is spoken.
  ///
  /// @param layers of its job, and its own; the weakest first
  /// @throws RequestException naming the field and what is known
  public SpokenWith of(List<SpeechFile> layers) {
    List<SpeechFile> all = new ArrayList<>();
    all.add(defaults);
    all.addAll(layers);
    all.add(flags.file());
    SpeechCascade whole = SpeechCascade.of(all);
    try {
      return spoken(flags.over(whole.file()), new ArrayList<>(whole.warnings()));
    } catch (IllegalArgumentException e) {
      throw new RequestException(String.valueOf(e.getMessage()));
    }
  }

  private SpokenWith spoken(SpeechFile file, List<String> warnings) {
    GenerationFile generation = or(file.generation(), GenerationFile.NONE);
    String language = or(generation.language(), USUAL_LANGUAGE);
    CatalogSpeech model = model(generation.model());
    SpeechFamily family = model.spec().family();
    if (!family.speaks(language)) {
      throw new RequestException(
          "generation.language: the model %s does not speak '%s'; it speaks %s"
              .formatted(model.id(), language, String.join(", ", family.languages())));
    }
    Speech speech =
        new Speech(
            language,
            Voices.of(generation),
            or(generation.defaultSpeaker(), ""),
            limits(file.chunking()),
            pauses(file.audio()),
            levelling(file.audio()),
            thresholds(file.validation()),
            recogniser(file.validation()));
    SpeechFile.Chunking chunking = file.chunking();
    warnOfSentences(chunking == null ? null : chunking.spacyModel(), language, warnings);
    if (family == SpeechFamily.TURBO) {
      warnOfTurbo(generation, model.id(), warnings);
    }
    return new SpokenWith(
        model.ref(),
        family,
        speech,
        recordings(generation),
        or(chunking == null ? null : chunking.minChunkLength(), USUAL_MIN_CHUNK),
        warnings);
  }

  private CatalogSpeech model(@Nullable String named) {
    if (named == null) {
      return catalog.usualSpeech();
    }
    List<String> known = catalog.speechModels().stream().map(CatalogSpeech::id).toList();
    return catalog
        .findSpeech(named)
        .orElseThrow(
            () -> new RequestException(unknown("generation.model", named, "speak texts", known)));
  }

  private @Nullable ModelRef recogniser(SpeechFile.@Nullable Validation validation) {
    String named = validation == null ? null : validation.recogniser();
    if (named == null) {
      return null;
    }
    List<String> known = catalog.recognisers().stream().map(one -> one.id()).toList();
    return catalog
        .findRecogniser(named)
        .orElseThrow(
            () ->
                new RequestException(
                    unknown("validation.recogniser", named, "write down what is said", known)))
        .ref();
  }

  private String unknown(String field, String named, String purpose, List<String> known) {
    String those = known.isEmpty() ? "none does" : "those that do are " + String.join(", ", known);
    return catalog
        .entry(named)
        .map(
            other ->
                "%s: %s %s and does not %s; %s"
                    .formatted(field, named, other.purpose(), purpose, those))
        .orElseGet(() -> field + ": " + Nearest.complaint("model", named, known));
  }

  private static Map<String, Path> recordings(GenerationFile generation) {
    Map<String, Path> recordings = new LinkedHashMap<>();
    for (SpeakerFile speaker : or(generation.speakers(), List.<SpeakerFile>of())) {
      String recording = speaker.referenceAudio();
      if (recording != null) {
        recordings.put(speaker.id(), Path.of(recording));
      }
    }
    return recordings;
  }

  private static ChunkLimits limits(SpeechFile.@Nullable Chunking chunking) {
    ChunkLimits usual = ChunkLimits.USUAL;
    return chunking == null
        ? usual
        : new ChunkLimits(
            or(chunking.targetChunkLimit(), usual.target()),
            or(chunking.maxChunkLimit(), usual.most()));
  }

  private static Pauses pauses(SpeechFile.@Nullable Audio audio) {
    Pauses usual = Pauses.USUAL;
    SpeechFile.PausesFile said = audio == null ? null : audio.pauses();
    return new Pauses(
        or(said == null ? null : said.normal(), usual.sentenceSeconds()),
        or(said == null ? null : said.paragraph(), usual.paragraphSeconds()),
        or(audio == null ? null : audio.crossfade(), usual.crossfadeSeconds()));
  }

  private static Levelling levelling(SpeechFile.@Nullable Audio audio) {
    Levelling usual = Levelling.USUAL;
    SpeechFile.Normalization said = audio == null ? null : audio.normalization();
    if (said == null) {
      return usual;
    }
    boolean off = !or(said.enabled(), true);
    return new Levelling(
        off ? Levelling.Method.OFF : or(said.method(), usual.method()),
        or(said.targetLevel(), usual.target()),
        or(said.saturationFactor(), usual.saturation()));
  }

  private static Thresholds thresholds(SpeechFile.@Nullable Validation said) {
    Thresholds usual = Thresholds.USUAL;
    return said == null
        ? usual
        : new Thresholds(
            or(said.similarityThreshold(), usual.similarity()),
            or(said.minQualityScore(), usual.quality()));
  }

  private static void warnOfSentences(
      @Nullable String splitter, String language, List<String> warnings) {
    if (splitter != null && !splitter.startsWith(language + "_")) {
      warnings.add(
          "chunking.spacy_model: %s is not used; sentences are cut as in the language '%s'"
              .formatted(splitter, language));
    }
  }

  /// It has none of these; what is told is not passed over in silence.
  private static void warnOfTurbo(GenerationFile generation, String model, List<String> warnings) {
    for (SpeakerFile speaker : or(generation.speakers(), List.<SpeakerFile>of())) {
      TtsParams said = speaker.ttsParams();
      if (said != null
          && (said.exaggeration() != null || said.cfgWeight() != null || said.minP() != null)) {
        warnings.add(
            "generation.speakers: %s: the model %s knows no exaggeration, cfg_weight and min_p"
                .formatted(speaker.id(), model));
      }
    }
  }

  private static <T> T or(@Nullable T said, T usual) {
    return said == null ? usual : said;
  }
}
