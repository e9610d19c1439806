package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.message.GraphFacts;
import java.nio.file.Path;
import java.util.List;

/// A network's file that is to become (a part of) a model.
///
/// @param file where it lies now
/// @param sha256 of its bytes
/// @param graph what is inside
record Network(Path file, String sha256, long bytes, GraphFacts graph) {
  /// The files that it reads its weights from.
  List<Path> sideFiles() {
    return graph.sideFiles().stream().map(file::resolveSibling).toList();
  }

  String name() {
    return String.valueOf(file.getFileName());
  }
}
