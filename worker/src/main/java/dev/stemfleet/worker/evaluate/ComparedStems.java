package dev.stemfleet.worker.evaluate;

import dev.stemfleet.common.domain.Stem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which stems of a model are compared with which true stem.
///
/// @param byName of the true stems, those that the model gives
/// @param separated all that is separated, so that it sums to what the model gives of the mix
/// @param leftOut the model's names of what has no true stem
record ComparedStems(Map<String, Stem> byName, Set<Stem> separated, List<String> leftOut) {
  private static final Map<String, Stem> NAMED = new LinkedHashMap<>();

  static {
    NAMED.put("vocals", Stem.ACAPELLA);
    NAMED.put("drums", Stem.DRUMS);
    NAMED.put("bass", Stem.BASS);
  }

  ComparedStems {
    byName = new LinkedHashMap<>(byName);
    separated = EnumSet.copyOf(separated);
    leftOut = List.copyOf(leftOut);
  }

  /// With vocals, drums and bass told apart, all the rest together is `other` (guitar and piano of
  /// six-stem models included). Without one of them the rest is something that no file holds.
  ///
  /// @param stems of the model, by its names
  static ComparedStems of(List<String> stems) {
    Map<String, Stem> byName = new LinkedHashMap<>();
    NAMED.forEach(
        (name, stem) -> {
          if (stems.contains(name)) {
            byName.put(name, stem);
          }
        });
    Set<Stem> separated = EnumSet.noneOf(Stem.class);
    separated.addAll(byName.values());
    List<String> rest = new ArrayList<>(stems);
    rest.removeAll(NAMED.keySet());
    if (!rest.isEmpty()) {
      separated.add(Stem.MELODY);
    }
    if (!rest.isEmpty() && byName.size() == NAMED.size()) {
      byName.put("other", Stem.MELODY);
      rest.clear();
    }
    return new ComparedStems(byName, separated, rest);
  }
}
