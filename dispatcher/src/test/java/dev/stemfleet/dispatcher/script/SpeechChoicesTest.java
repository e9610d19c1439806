package dev.stemfleet.dispatcher.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.domain.speech.Candidates;
import dev.stemfleet.common.domain.speech.ChunkLimits;
import dev.stemfleet.common.domain.speech.Levelling;
import dev.stemfleet.common.domain.speech.Pauses;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.SpeechParameters;
import dev.stemfleet.common.domain.speech.Thresholds;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpeechChoicesTest {
  private static final ModelCatalog CATALOG = ModelCatalog.load(List.of());

  @Test
  void withoutAWordEverythingIsAsUsual() {
    SpokenWith with = with();

    assertThat(with.model().id()).isEqualTo("demonstration");
    assertThat(with.speech().language()).isEqualTo("en");
    assertThat(with.speech().speakers())
        .containsExactly(new SpeakerOrder("default", null, Candidates.USUAL));
    assertThat(with.speech().chunks()).isEqualTo(ChunkLimits.USUAL);
    assertThat(with.speech().pauses()).isEqualTo(Pauses.USUAL);
    assertThat(with.speech().levelling()).isEqualTo(Levelling.USUAL);
    assertThat(with.speech().thresholds()).isEqualTo(Thresholds.USUAL);
    assertThat(with.speech().recogniser()).isNull();
    assertThat(with.warnings()).isEmpty();
  }

  @Test
  void mapsMergeKeyByKeyAndTheScriptIsStrongest() {
    SpokenWith with =
        with(
            "{chunking: {target_chunk_limit: 200, max_chunk_limit: 300}, audio: {crossfade: 0.1}}",
            "{chunking: {target_chunk_limit: 250}, audio: {silence_duration: {normal: 1}}}",
            "{audio: {normalization: {method: rms, target_lufs: -20}}}");

    assertThat(with.speech().chunks()).isEqualTo(new ChunkLimits(250, 300));
    assertThat(with.speech().pauses()).isEqualTo(new Pauses(1, 0.8, 0.1));
    assertThat(with.speech().levelling()).isEqualTo(new Levelling(Levelling.Method.RMS, -20, 0.05));
  }

  @Test
  void aSpeakerTakesFromItsOwnDefaultThenFromItsNamesakeThenFromTheFormerDefault() {
    SpokenWith with =
        with(
            """
            generation:
              default_speaker: old
              speakers:
                - {id: old, reference_audio: /old.wav, tts_params: {exaggeration: 0.1, min_p: 0.01}}
                - {id: guest, tts_params: {temperature: 0.5, top_p: 0.5}}
                - {id: extra}
            """,
            """
            generation:
              default_speaker: narrator
              speakers:
                - {id: narrator, tts_params: {exaggeration: 0.7}}
                - {id: guest, tts_params: {cfg_weight: 0.9}}
            """);

    assertThat(with.speech().defaultSpeaker()).isEqualTo("narrator");
    assertThat(with.speech().speakers())
        .extracting(SpeakerOrder::id)
        .containsExactly("narrator", "guest", "old", "extra");
    assertThat(told(with, "guest")).isEqualTo(new SpeechParameters(0.7, 0.9, 0.5, 1.5, 0.01, 0.5));
    assertThat(told(with, "narrator").minP()).isEqualTo(0.01);
    assertThat(with.recordings()).containsEntry("guest", Path.of("/old.wav"));
  }

  @Test
  void aSpeakerReallyCalledDefaultIsOneLikeOthers() {
    SpokenWith with =
        with(
            "{generation: {default_speaker: ann, speakers: [{id: ann}, {id: default,"
                + " tts_params: {temperature: 0.3}}]}}");

    assertThat(with.speech().speaker("default").orElseThrow().candidates().told().temperature())
        .isEqualTo(0.3);
    assertThat(with.speech().speaker("0").orElseThrow().id()).isEqualTo("ann");
  }

  @Test
  void aDefaultSpeakerThatIsNobodyIsTheFormerOneOrTheFirstWithAWarning() {
    assertThat(with("{generation: {default_speaker: bob, speakers: [{id: ann}]}}"))
        .satisfies(with -> assertThat(with.speech().defaultSpeaker()).isEqualTo("ann"))
        .satisfies(
            with ->
                assertThat(with.warnings())
                    .containsExactly(
                        "generation.default_speaker: 'bob' is none of the speakers; ann is taken"));
    assertThat(
            with(
                    "{generation: {default_speaker: eve, speakers: [{id: ann}, {id: eve}]}}",
                    "{generation: {default_speaker: bob}}")
                .speech()
                .defaultSpeaker())
        .isEqualTo("eve");
  }

  @Test
  void theConservativeTakeHasItsOwnTableUnlessTheSpeakerSaysOtherwise() {
    assertThat(plain("{id: ann}")).isEqualTo(Candidates.USUAL.plain());
    assertThat(plain("{id: ann, tts_params: {min_p: 0.02, repetition_penalty: 2}}"))
        .isEqualTo(new SpeechParameters(0.4, 0.35, 0.8, 2, 0.02, 0.9));
    assertThat(plain("{id: ann, tts_params: {top_p: 0.5}, conservative_candidate: {top_p: 0.6}}"))
        .isEqualTo(new SpeechParameters(0.4, 0.35, 0.8, 1.5, 0.08, 0.6));
    assertThat(plain("{id: ann, conservative_candidate: {enabled: false}}")).isNull();
  }

  @Test
  void normalizationMayBeOff() {
    assertThat(with("{audio: {normalization: {enabled: false}}}").speech().levelling().method())
        .isEqualTo(Levelling.Method.OFF);
  }

  @Test
  void theCommandLineIsStrongestAndItsVoiceIsTheDefaultSpeakers() {
    SpeechFlags flags = new SpeechFlags("de", Path.of("/v.wav"), null, null);
    SpeechFile job = file("{generation: {language: en, speakers: [{id: ann}, {id: bob}]}}");

    SpokenWith with = new SpeechChoices(CATALOG, SpeechFile.NONE, flags).of(List.of(job));

    assertThat(with.speech().language()).isEqualTo("de");
    assertThat(with.recordings()).containsExactly(java.util.Map.entry("ann", Path.of("/v.wav")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {chunking: {target_chunk_limit: 0}}                         | chunking: target_chunk_limit: is 0
          {chunking: {max_chunk_limits: 400}}                         | did you mean max_chunk_limit?
          {generation: {num_candidates: 0}}                           | generation: num_candidates: is 0
          {generation: {num_candidates: two}}                         | generation.num_candidates: must be a whole
          {generation: {language: English}}                           | generation: language: 'English'
          {generation: {speakers: [{id: a}, {id: a}]}}                | 'a' is there twice
          {generation: {speakers: [{id: 'a b'}]}}                     | generation.speakers[0]: id: 'a b'
          {generation: {speakers: [{reference_audio: x}]}}            | generation.speakers[0].id: is missing
          {generation: {speakers: [{id: a, tts_params: {min_p: 2}}]}} | speakers[0].tts_params: min_p: is 2
          {generation: {speakers: [{id: a, tts_param: {}}]}}          | did you mean tts_params?
          {audio: {normalization: {method: loud}}}                    | must be one of off, peak, rms, lufs
          {audio: {normalization: {target_level: 3}}}                 | target_level: is 3; it must be from -60 to 0
          {audio: {crossfade: 9}}                                     | audio: crossfade: is 9
          {validation: {similarity_threshold: 80}}                    | similarity_threshold: is 80
          """)
  void aWrongValueIsNamedWithItsPath(String yaml, String expected) {
    assertThatThrownBy(() -> file(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("job.yaml: ", expected)
        .message()
        .doesNotContain("\n", "dev.stemfleet", "java.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {generation: {model: demonstartion}}    | did you mean demonstration?
          {generation: {model: builtin}}          | builtin separates tracks and does not speak texts
          {validation: {recogniser: whisper}}     | validation.recogniser: unknown model 'whisper'
          {chunking: {target_chunk_limit: 1000}}  | target_chunk_limit (1000) must be from 1 to
          """)
  void whatFitsNothingIsAnErrorOfTheWhole(String yaml, String expected) {
    assertThatThrownBy(() -> with(yaml))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void sentencesAreCutAsInTheLanguageOfTheText() {
    assertThat(with("{chunking: {spacy_model: en_core_web_sm}}").warnings()).isEmpty();
    assertThat(with("{chunking: {spacy_model: de_core_news_sm}}").warnings())
        .singleElement()
        .asString()
        .contains("de_core_news_sm is not used");
  }

  private static SpeechParameters told(SpokenWith with, String speaker) {
    return with.speech().speaker(speaker).orElseThrow().candidates().told();
  }

  private static SpeechParameters plain(String speaker) {
    return with("{generation: {speakers: [%s]}}".formatted(speaker))
        .speech()
        .speakers()
        .getFirst()
        .candidates()
        .plain();
  }

  /// @param yaml defaults, job, script
  private static SpokenWith with(String... yaml) {
    List<SpeechFile> files = Arrays.stream(yaml).map(SpeechChoicesTest::file).toList();
    return files.isEmpty()
        ? new SpeechChoices(CATALOG, SpeechFile.NONE, SpeechFlags.NONE).of(List.of())
        : new SpeechChoices(CATALOG, files.getFirst(), SpeechFlags.NONE)
            .of(files.subList(1, files.size()));
  }

  private static SpeechFile file(String yaml) {
    return YamlFile.parse("job.yaml", yaml, SpeechFile.class);
  }
}
