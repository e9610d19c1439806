package dev.stemfleet.dispatcher.script;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.stemfleet.common.config.YamlFile;
import dev.stemfleet.common.domain.speech.Levelling.Method;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How scripts are spoken, as files say it: every key may be left out. Checked value by value;
/// whether the whole makes sense is known only once all files are put together, see
/// [SpeechCascade].
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SpeechFile(
    @Nullable Chunking chunking,
    @Nullable GenerationFile generation,
    @Nullable Validation validation,
    @Nullable Audio audio) {
  public static final SpeechFile NONE = new SpeechFile(null, null, null, null);

  /// How a script is cut.
  ///
  /// @param minChunkLength shorter chunks are warned of
  /// @param spacyModel of older files, whose language must be that of the script: sentences are cut
  ///   by that
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Chunking(
      @Nullable Integer targetChunkLimit,
      @Nullable Integer maxChunkLimit,
      @Nullable Integer minChunkLength,
      @Nullable String spacyModel) {
    public Chunking {
      Limits.check("target_chunk_limit", targetChunkLimit, 1, 2000);
      Limits.check("max_chunk_limit", maxChunkLimit, 1, 2000);
      Limits.check("min_chunk_length", minChunkLength, 0, 2000);
    }
  }

  /// When a take is good enough.
  ///
  /// @param recogniser id of a model that writes down what is said
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Validation(
      @Nullable Double similarityThreshold,
      @Nullable Double minQualityScore,
      @Nullable String recogniser) {
    public Validation {
      Limits.check("similarity_threshold", similarityThreshold, 0, 1);
      Limits.check("min_quality_score", minQualityScore, 0, 1);
    }
  }

  /// How the chunks are put together.
  ///
  /// @param crossfade seconds over which chunks without a pause overlap
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Audio(
      @Nullable Normalization normalization,
      @JsonAlias("silence_duration") @Nullable PausesFile pauses,
      @Nullable Double crossfade) {
    public Audio {
      Limits.check("crossfade", crossfade, 0, 1);
    }
  }

  /// How loud the whole is made.
  ///
  /// @param targetLevel in dBFS for peak and rms, in LUFS for lufs
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Normalization(
      @Nullable Boolean enabled,
      @Nullable Method method,
      @JsonAlias("target_lufs") @Nullable Double targetLevel,
      @Nullable Double saturationFactor) {
    public Normalization {
      Limits.check("target_level", targetLevel, -60, 0);
      Limits.check("saturation_factor", saturationFactor, 0, 1);
    }
  }

  /// Seconds of silence.
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record PausesFile(@Nullable Double normal, @Nullable Double paragraph) {
    public PausesFile {
      Limits.check("normal", normal, 0, 60);
      Limits.check("paragraph", paragraph, 0, 60);
    }
  }

  /// Reads a file of defaults. Recordings are relative to it.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException naming the file and the key's path
  public static SpeechFile read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return YamlFile.read(file, SpeechFile.class)
        .withRecordings(name -> folder == null ? Path.of(name) : folder.resolve(name).normalize());
  }

  /// The same with every recording found.
  ///
  /// @param find where a recording lies that is called so; absolute
  public SpeechFile withRecordings(Function<String, Path> find) {
    return generation == null
        ? this
        : with(each -> each.withRecordings(name -> find.apply(name).toString()));
  }

  /// The same with another section of generation.
  SpeechFile with(UnaryOperator<GenerationFile> change) {
    GenerationFile now = generation == null ? GenerationFile.NONE : generation;
    return new SpeechFile(chunking, change.apply(now), validation, audio);
  }
}
