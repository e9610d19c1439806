package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.script.SpeechFlags;
import dev.stemfleet.dispatcher.submit.Inputs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how scripts are spoken; a mixin of `submit` and `local`. They override what
/// job files say.
public final class SpeechOptions {
  @Option(
      names = "--language",
      paramLabel = "LANG",
      description = "Language of the scripts, as en or de. Default: en")
  private @Nullable String language;

  @Option(
      names = "--voice",
      paramLabel = "FILE",
      description = "Recording of the default speaker's voice. Default: the model's own voice.")
  private @Nullable Path voice;

  @Option(
      names = "--speech-model",
      paramLabel = "ID",
      description = "The model that speaks. Default: demonstration")
  private @Nullable String model;

  @Option(
      names = "--recogniser",
      paramLabel = "ID",
      description = "The model that writes down what is said, to check it. Default: none")
  private @Nullable String recogniser;

  /// The inputs with these options over what they say.
  ///
  /// @throws RequestException if an option is wrong
  Inputs over(Inputs inputs, Surroundings here) {
    if (language != null && !language.matches("[a-z]{2,3}")) {
      throw new RequestException(
          "--language: '" + language + "' must be two or three lower-case letters, as en");
    }
    return inputs.with(
        new SpeechFlags(
            language,
            voice == null ? null : here.folder().resolve(voice).normalize(),
            model,
            recogniser));
  }
}
