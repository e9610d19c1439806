package dev.stemfleet.worker.evaluate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What came of one song.
///
/// @param song its folder's name
/// @param stems by name; without those that are silent in this song
/// @param silentUsdr uSDR of the stems that are silent in this song: 0 if the model gave nothing,
///   else below, the more it gave
/// @param sumDecibels how well the model's stems add up to the mix; NaN if not all of them are
///   compared
/// @param seconds of music
/// @param separationSeconds from the first byte decoded to the last sample separated
record SongScores(
    String song,
    Map<String, StemScores> stems,
    Map<String, Double> silentUsdr,
    double sumDecibels,
    double seconds,
    double separationSeconds) {
  SongScores {
    stems = new LinkedHashMap<>(stems);
    silentUsdr = new LinkedHashMap<>(silentUsdr);
  }

  double timesRealTime() {
    return seconds / separationSeconds;
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(stems.keySet());
    names.addAll(silentUsdr.keySet());
    return names;
  }
}
