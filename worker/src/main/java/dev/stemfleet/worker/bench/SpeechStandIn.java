package dev.stemfleet.worker.bench;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelPlace;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.domain.speech.SpeechFiles;
import dev.stemfleet.common.domain.speech.SpeechSpec;
import dev.stemfleet.worker.model.graph.SpeechStubs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Writes an English speech model of small networks: a tokenizer of letters, and no voice of its
/// own.
final class SpeechStandIn {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?'";
  private static final int FIRST_LETTER = 10;

  private SpeechStandIn() {}

  static CatalogSpeech write(Path folder, SpeechStubs stubs) throws IOException {
    stubs.write(folder);
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
    SpeechFiles files =
        new SpeechFiles(
            file(folder, "speech_encoder.onnx"),
            file(folder, "embed_tokens.onnx"),
            file(folder, "language_model.onnx"),
            file(folder, "conditional_decoder.onnx"),
            file(folder, "tokenizer.json"),
            null,
            List.of());
    SpeechSpec spec =
        new SpeechSpec(
            "speech-stand-in",
            1,
            SpeechFamily.ENGLISH,
            files,
            "fp32",
            stubs.textTokens(),
            "none",
            "a stand-in of the bench");
    return new CatalogSpeech(spec, new ModelPlace.Folder(folder), "speech-stand-in.yaml");
  }

  private static ModelFile file(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return new ModelFile(name, Sha256.ofFile(file), Files.size(file));
  }

  private static String tokenizer() {
    String letters =
        LETTERS
            .chars()
            .mapToObj(
                letter -> "\"%c\": %d".formatted(letter, FIRST_LETTER + LETTERS.indexOf(letter)))
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [%s, %s, %s, %s],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": null, "decoder": null,
         "model": {"type": "BPE", "dropout": null, "unk_token": "[UNK]",
           "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
           "vocab": {"[STOP]": 0, "[UNK]": 1, "[SPACE]": 2, "[START]": 255, %s}, "merges": []}}
        """
        .formatted(
            mark("[STOP]", 0), mark("[UNK]", 1), mark("[SPACE]", 2), mark("[START]", 255), letters);
  }

  private static String mark(String token, int id) {
    return """
        {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
         "normalized": false, "special": true}"""
        .formatted(id, token);
  }
}
