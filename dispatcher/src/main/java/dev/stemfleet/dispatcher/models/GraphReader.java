package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.message.GraphFacts;
import java.io.IOException;
import java.nio.file.Path;

/// The worker program as far as models are made with it: it alone can open networks.
public interface GraphReader {
  /// @throws ModelException naming the file, if it is no network
  GraphFacts read(Path file) throws IOException, InterruptedException;

  /// Checks, loads and runs a model.
  ///
  /// @param folder where its definition lies
  /// @return what is wrong, in one line; empty if nothing is
  String verify(Path folder, String id) throws IOException, InterruptedException;
}
