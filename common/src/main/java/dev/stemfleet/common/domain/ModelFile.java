package dev.stemfleet.common.domain;

import java.util.List;

/// One file of a model.
///
/// @param path below the folder of the definition, `/` between folders, never upwards
/// @param sha256 64 lower-case hex digits; a file with another digest is never loaded
/// @param bytes its size
/// @param stems that are taken from this network; empty = all of the model's
/// @param inputs names of its inputs by role, where shapes cannot tell them apart; else empty
/// @param outputs names of its outputs by role, where shapes cannot tell them apart; else empty
public record ModelFile(
    String path,
    String sha256,
    long bytes,
    List<String> stems,
    List<String> inputs,
    List<String> outputs) {
  public ModelFile {
    if (path.isBlank() || path.startsWith("/") || path.contains("\\") || path.contains("..")) {
      throw new IllegalArgumentException("path: must lie below the definition's folder");
    }
    if (!Sha256.isDigest(sha256)) {
      throw new IllegalArgumentException("sha256: must be 64 lower-case hex digits");
    }
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes: must be positive");
    }
    stems = List.copyOf(stems);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// A network that gives all of its model's stems, with tensors that their shapes tell apart.
  public ModelFile(String path, String sha256, long bytes) {
    this(path, sha256, bytes, List.of(), List.of(), List.of());
  }
}
