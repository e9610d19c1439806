package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ModelSpec;
import java.util.Map;

/// A definition that is not written yet.
///
/// @param notes where values come from, by the path of their field (`segments.window`)
record Draft(ModelSpec spec, Map<String, String> notes) {
  static final String GRAPH = "read from the network";
  static final String USUAL = "published default";
  static final String OWN = "chosen by Stemfleet";
  static final String GIVEN = "given";
  static final String NAME = "from the name of the file";

  Draft {
    notes = Map.copyOf(notes);
  }
}
