package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.domain.Stem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which stems of a model are compared with which true stem.
///
/// @param byName of the true stems, those that are made of what the model gives
/// @param leftOut the model's names of what has no true stem
record ComparedStems(Map<String, Stem> byName, List<String> leftOut) {
  private static final Map<String, Stem> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put("vocals", Stem.ACAPELLA);
    NAMED.put("drums", Stem.DRUMS);
    NAMED.put("bass", Stem.BASS);
  }

  /// What models call the mix without the voice. One that gives only this gives the voice, too.
  private static final Set<String> BACKING = Set.of("instrumental", "accompaniment");

  ComparedStems {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    leftOut = List.copyOf(leftOut);
  }

  /// What the model is asked for.
  Set<Stem> separated() {
    return Set.copyOf(byName.values());
  }

  /// Whether the compared stems are all that the model gives, so that they should add up.
  boolean whole() {
    return leftOut.isEmpty() && byName.size() > 1;
  }

  /// With vocals, drums and bass told apart, all the rest together is `other` (guitar and piano of
  /// six-stem models included). Without one of them the rest is something that no file holds.
  ///
  /// @param stems of the model, by its names
  static ComparedStems of(List<String> stems) {
    boolean backing = !Collections.disjoint(stems, BACKING);
    Map<String, Stem> byName = new LinkedHashMap<>();
    NAMED.forEach(
        (name, stem) -> {
          if (stems.contains(name) || (stem == Stem.ACAPELLA && backing)) {
            byName.put(name, stem);
          }
        });
    List<String> rest = new ArrayList<>(stems);
    rest.removeAll(NAMED.keySet());
    if (!rest.isEmpty() && !backing && stems.containsAll(NAMED.keySet())) {
      byName.put("other", Stem.MELODY);
      rest.clear();
    }
    return new ComparedStems(byName, rest);
  }
}
