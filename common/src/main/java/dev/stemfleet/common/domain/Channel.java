package dev.stemfleet.common.domain;

import java.util.List;
import java.util.regex.Pattern;

/// A publishing channel: everything a worker needs to make and name its videos.
///
/// A job carries a copy of it, so that a channel file changed later does not change jobs on their
/// way.
///
/// @param key spelling in files, messages and on the command line
/// @param label its folder's name
/// @param aliases other spellings that people type, matched as [Aliases] match
/// @param stems the videos it gets, in order
/// @param keyInNames whether the musical key stands in names
public record Channel(
    String key,
    String label,
    List<String> aliases,
    List<Stem> stems,
    Look look,
    boolean keyInNames,
    LoudnessMode loudness,
    Publishing publishing) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public Channel {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key: '" + key + "' must be lower-case letters, digits and '-'");
    }
    if (label.isBlank()) {
      throw new IllegalArgumentException("label: must not be empty");
    }
    if (stems.isEmpty()) {
      throw new IllegalArgumentException("stems: must name at least one");
    }
    if (stems.stream().distinct().count() != stems.size()) {
      throw new IllegalArgumentException("stems: names one twice");
    }
    for (Stem stem : stems) {
      if (!look.icons().containsKey(stem)) {
        throw new IllegalArgumentException("look.icons: has none for the stem " + stem.key());
      }
    }
    aliases = List.copyOf(aliases);
    stems = List.copyOf(stems);
  }

  /// Whether people mean this channel by `text`.
  public boolean isNamed(String text) {
    String folded = Aliases.fold(text);
    return Aliases.fold(key).equals(folded)
        || aliases.stream().anyMatch(alias -> Aliases.fold(alias).equals(folded));
  }

  /// This channel with only those of its stems that are in `wanted`.
  ///
  /// @throws IllegalArgumentException if none is left
  public Channel narrowedTo(List<Stem> wanted) {
    List<Stem> left = stems.stream().filter(wanted::contains).toList();
    return new Channel(key, label, aliases, left, look, keyInNames, loudness, publishing);
  }

  /// This channel as music sees it.
  public Channel ofMusic() {
    Publishing own = publishing.ofMusic();
    return own.equals(publishing)
        ? this
        : new Channel(key, label, aliases, stems, look, keyInNames, loudness, own);
  }

  /// This channel as scripts see it: with the narration alone, and without a say on loudness, which
  /// is about the stems of music.
  public Channel ofScripts() {
    return new Channel(
        key,
        label,
        aliases,
        List.of(Stem.NARRATION),
        look,
        keyInNames,
        LoudnessMode.OFF,
        publishing.ofNarration());
  }
}
