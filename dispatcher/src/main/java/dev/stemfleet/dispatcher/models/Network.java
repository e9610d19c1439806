package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.message.GraphFacts;
import java.nio.file.Path;

/// A network's file that is to become (a part of) a model.
///
/// @param file where it lies now
/// @param sha256 of its bytes
/// @param graph what is inside
record Network(Path file, String sha256, long bytes, GraphFacts graph) {
  String name() {
    return String.valueOf(file.getFileName());
  }
}
