package dev.stemfleet.dispatcher.console;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What browsers show, as small pieces of JSON by key, so that only what changed is sent.
/// Immutable.
///
/// @param at the moment that it shows
/// @param pieces JSON by key, `worker/w1` for example, in the order in which they are shown
record Board(Instant at, Map<String, String> pieces) {
  static final Board EMPTY = new Board(Instant.EPOCH, Map.of());

  Board {
    pieces = Collections.unmodifiableMap(new LinkedHashMap<>(pieces));
  }

  /// Everything, as one line of JSON.
  String whole() {
    return line(pieces, Map.of());
  }

  /// What is different from an earlier one; empty if nothing is.
  String since(Board earlier) {
    Map<String, String> changed = new LinkedHashMap<>();
    pieces.forEach(
        (key, json) -> {
          if (!json.equals(earlier.pieces.get(key))) {
            changed.put(key, json);
          }
        });
    Map<String, String> gone = new LinkedHashMap<>(earlier.pieces);
    gone.keySet().removeAll(pieces.keySet());
    return changed.isEmpty() && gone.isEmpty() ? "" : line(changed, gone);
  }

  private String line(Map<String, String> set, Map<String, String> gone) {
    StringBuilder json = new StringBuilder("{\"now\":").append(Pieces.json(at.toString()));
    json.append(",\"set\":{");
    String comma = "";
    for (Map.Entry<String, String> piece : set.entrySet()) {
      json.append(comma).append(Pieces.json(piece.getKey())).append(':').append(piece.getValue());
      comma = ",";
    }
    json.append("},\"gone\":").append(Pieces.json(gone.keySet()));
    return json.append('}').toString();
  }
}
