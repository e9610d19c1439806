package dev.stemfleet.worker.speech;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stemfleet.common.catalog.ModelPlace;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// A `tokenizer.json`, ready to turn texts into ids and back. Nothing is added to a text, whatever
/// the file says. Thread-safe; whoever opened it closes it.
final class Tokens implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final String file;
  private final Map<String, Integer> ids;
  private final HuggingFaceTokenizer tokenizer;

  private Tokens(String file, Map<String, Integer> ids, HuggingFaceTokenizer tokenizer) {
    this.file = file;
    this.ids = ids;
    this.tokenizer = tokenizer;
  }

  /// Reads a model's tokenizer.
  ///
  /// @throws JobException MODEL_BROKEN if it is none, or cannot be read
  static Tokens of(ModelPlace place, ModelFile file) {
    String name = place.name(file.path());
    try (InputStream stream = place.open(file.path())) {
      return read(name, stream.readAllBytes());
    } catch (IOException e) {
      throw broken(name, "cannot be read: " + e.getMessage());
    }
  }

  /// @param file named in errors
  /// @throws JobException MODEL_BROKEN if it is no tokenizer
  static Tokens read(String file, byte[] json) {
    Map<String, Integer> ids = ids(file, json);
    TokenizerLibrary.unpack();
    try {
      return new Tokens(
          file, ids, HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS));
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new JobException(
          FailureCode.MODEL_BROKEN, file + ": the tokenizer cannot be read: " + oneLine(e), e);
    }
  }

  private static Map<String, Integer> ids(String file, byte[] json) {
    JsonNode root;
    try {
      root = Json.lenient().readTree(json);
    } catch (IOException e) {
      throw broken(file, "is no tokenizer.json");
    }
    Map<String, Integer> ids = new HashMap<>();
    root.path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt(-1)));
    for (JsonNode added : root.path("added_tokens")) {
      ids.put(added.path("content").asText(), added.path("id").asInt(-1));
    }
    if (ids.isEmpty()) {
      throw broken(file, "is no tokenizer.json: it has no model.vocab");
    }
    return Map.copyOf(ids);
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
  }

  static JobException broken(String file, String what) {
    return new JobException(FailureCode.MODEL_BROKEN, file + ": " + what);
  }

  /// How its file is named in errors.
  String file() {
    return file;
  }

  OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /// The highest id below a bound.
  int highestBelow(int bound) {
    return ids.values().stream()
        .mapToInt(Integer::intValue)
        .filter(id -> id < bound)
        .max()
        .orElse(-1);
  }

  /// Ids of a text, without marks around it unless the file adds them regardless.
  long[] ids(String text) {
    return tokenizer.encode(text, false, false).getIds();
  }

  /// The text of ids, special tokens left out.
  String text(long[] ids) {
    return tokenizer.decode(ids, true);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
