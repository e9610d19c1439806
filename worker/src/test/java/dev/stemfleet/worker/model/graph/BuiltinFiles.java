package dev.stemfleet.worker.model.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The built-in model's two files, as they lie under `assets/models/`.
public final class BuiltinFiles {
  /// Hops by which segments overlap, about 0.7 s: more than any one average along time reaches.
  private static final int OVERLAP_HOPS = 15;

  private BuiltinFiles() {}

  public static String definition(byte[] graph) {
    int samples =
        (BuiltinGraph.FRAMES - BuiltinGraph.FRAME / BuiltinGraph.HOP + 1) * BuiltinGraph.HOP;
    int stride = samples - OVERLAP_HOPS * BuiltinGraph.HOP;
    return """
      # The built-in separator: a demonstration by signal processing, not a trained network.
      # How good it is: docs/reference/built-in-model.md
      # This file and builtin.onnx are written by the project, from
      # worker/src/test/java/dev/stemfleet/worker/model/graph/BuiltinGraph.java; write them again with
      #   ./mvnw -pl worker -am test -Dtest=BuiltinModelFileTest -Dstemfleet.regenerate=true \\
      #     -Dsurefire.failIfNoSpecifiedTests=false
      id: builtin
      revision: 2
      layout:
        kind: waveform
      files:
        - path: builtin.onnx
          sha256: %s
          bytes: %d
      stems: [vocals, drums, bass, other]
      sound:
        sampleRateHz: 44100
        channels: 2
      segments:
        samples: %d
        strideSamples: %d
        window: fade
      trackNormalisation: none
      licence: Apache-2.0
      source: made by this project
      """
        .formatted(sha256(graph), graph.length, samples, stride);
  }

  /// Writes both files into a folder.
  public static void write(Path folder) throws IOException {
    write(folder, BuiltinGraph.toBytes());
  }

  /// Writes both files of one of [#steps].
  public static void write(Path folder, byte[] graph) throws IOException {
    Files.write(folder.resolve("builtin.onnx"), graph);
    Files.writeString(folder.resolve("builtin.yaml"), definition(graph));
  }

  /// What each step on the way to the model adds, and the graph with the steps so far; the last is
  /// the model.
  public static Map<String, byte[]> steps() {
    Map<String, byte[]> steps = new LinkedHashMap<>();
    steps.put(
        "middle and sides apart, shares by evidence",
        BuiltinGraph.toBytes(List.of(BuiltinLook.SIMPLE)));
    steps.put("two reaches, onsets, strays", BuiltinGraph.toBytes(List.of(BuiltinLook.FIRST)));
    steps.put("a second look", BuiltinGraph.toBytes());
    return steps;
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
