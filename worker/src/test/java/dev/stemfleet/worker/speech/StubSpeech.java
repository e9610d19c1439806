package dev.stemfleet.worker.speech;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import dev.stemfleet.worker.model.graph.WhisperStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Speech models and recognisers of small networks, whole, with their definitions.
public final class StubSpeech {
  private StubSpeech() {}

  /// Writes a speech model into a folder of models, under its family's name.
  ///
  /// @param tokenizer what lies in its `tokenizer.json`
  public static CatalogSpeech write(
      Path models, SpeechFamily family, SpeechStubs stubs, String tokenizer) throws IOException {
    return write(models, family, stubs, tokenizer, null);
  }

  /// @param voice recording of its own voice; null for none
  public static CatalogSpeech write(
      Path models,
      SpeechFamily family,
      SpeechStubs stubs,
      String tokenizer,
      @org.jspecify.annotations.Nullable Path voice)
      throws IOException {
    Path folder = Files.createDirectories(models.resolve(family.key()));
    stubs.write(folder);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    StringBuilder yaml = new StringBuilder();
    yaml.append("kind: speech\nid: stub-").append(family.key());
    yaml.append("\nrevision: 1\nfamily: ").append(family.key());
    yaml.append("\nfiles:\n");
    yaml.append(file("encoder", models, folder.resolve("speech_encoder.onnx")));
    yaml.append(file("embedder", models, folder.resolve("embed_tokens.onnx")));
    yaml.append(file("language", models, folder.resolve("language_model.onnx")));
    yaml.append(file("decoder", models, folder.resolve("conditional_decoder.onnx")));
    yaml.append(file("tokenizer", models, folder.resolve("tokenizer.json")));
    if (voice != null) {
      Files.copy(voice, folder.resolve("default_voice.wav"));
      yaml.append(file("voice", models, folder.resolve("default_voice.wav")));
    }
    yaml.append("licence: Apache-2.0\nsource: made by a test\n");
    Files.writeString(models.resolve("stub-" + family.key() + ".yaml"), yaml);
    return ModelCatalog.load(List.of(models)).requireSpeech("stub-" + family.key());
  }

  /// Writes a recogniser into a folder of models.
  public static CatalogRecogniser recogniser(Path models, WhisperStubs stubs) throws IOException {
    Path folder = Files.createDirectories(models.resolve("whisper"));
    stubs.write(folder);
    Files.writeString(folder.resolve("tokenizer.json"), StubTokenizers.whisper());
    String yaml =
        "kind: recogniser\nid: stub-whisper\nrevision: 1\nfamily: whisper\nfiles:\n"
            + file("encoder", models, folder.resolve("encoder_model.onnx"))
            + file("decoder", models, folder.resolve("decoder_model.onnx"))
            + file("tokenizer", models, folder.resolve("tokenizer.json"))
            + "licence: Apache-2.0\nsource: made by a test\n";
    Files.writeString(models.resolve("stub-whisper.yaml"), yaml);
    return ModelCatalog.load(List.of(models)).requireRecogniser("stub-whisper");
  }

  private static String file(String role, Path models, Path file) throws IOException {
    return "  %s: {path: %s, sha256: %s, bytes: %d}%n"
        .formatted(
            role,
            models.relativize(file).toString().replace('\\', '/'),
            Sha256.ofFile(file),
            Files.size(file));
  }
}
