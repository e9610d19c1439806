package dev.stemfleet.common.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The names of what a job makes. Pure: the same track, channel and stem always have the same name.
public final class Naming {
  private static final double HALVED_FROM_BPM = 140;

  /// Room that is kept free at a name's end: the longest extension with its dot.
  private static final int EXTENSION_BYTES = ".flac".length();

  /// Room that is kept free at a folder's end: ` (` + 6 hex digits + `)`.
  private static final int SUFFIX_BYTES = 9;

  private Naming() {}

  /// `<Artist> - <Title> <Stem> [BPM <bpm> <key>]`: a video's title and, with its extension, its
  /// file.
  ///
  /// The bracket is left out when the BPM is unknown and for narrations, the key on channels
  /// without keys, for drums, and when unknown. Artist and title are cut so that the name fits, the
  /// bracket is not.
  public static String title(Track track, Channel channel, Stem stem) {
    boolean withKey = channel.keyInNames() && stem != Stem.DRUMS;
    return named(track, stem, withKey ? track.key() : null);
  }

  /// The name of a stem's audio product, which is the same for all channels.
  public static String audioTitle(Track track, Stem stem) {
    return named(track, stem, stem == Stem.DRUMS ? null : track.key());
  }

  /// `<Artist> - <Title>`: the folder of a track.
  public static String folder(Track track) {
    return headed(track, FileNames.MAX_BYTES - SUFFIX_BYTES);
  }

  /// The folder of a channel, inside its batch's.
  public static String folder(Channel channel) {
    return FileNames.cut(FileNames.safe(channel.label()), FileNames.MAX_BYTES);
  }

  /// `<folder> (<first 6 of the track id>)`: the folder when another track has the plain one.
  public static String folderApart(Track track) {
    String id = track.id();
    return folder(track) + " (" + id.substring(0, Math.min(6, id.length())) + ")";
  }

  /// A tempo as it stands in names: 140 and above halved, to the nearest half.
  public static String bpmInName(double bpm) {
    double shown = bpm >= HALVED_FROM_BPM ? bpm / 2 : bpm;
    return BigDecimal.valueOf(shown * 2)
        .setScale(0, RoundingMode.HALF_UP)
        .divide(BigDecimal.valueOf(2), 1, RoundingMode.UNNECESSARY)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String named(Track track, Stem stem, @Nullable String key) {
    String tail = " " + stem.label() + (stem == Stem.NARRATION ? "" : bracket(track.bpm(), key));
    int room = FileNames.MAX_BYTES - EXTENSION_BYTES - FileNames.bytes(tail);
    return headed(track, room) + tail;
  }

  private static String bracket(@Nullable Double bpm, @Nullable String key) {
    if (bpm == null) {
      return "";
    }
    String safeKey =
        key == null || key.isBlank() ? "" : " " + FileNames.cut(FileNames.safe(key), 32);
    return " [BPM " + bpmInName(bpm) + safeKey + "]";
  }

  private static String headed(Track track, int maxBytes) {
    String title = FileNames.safe(track.title());
    if (track.artist().isBlank()) {
      return FileNames.cut(title, maxBytes);
    }
    String artist = FileNames.safe(track.artist());
    String joint = " - ";
    int room = maxBytes - joint.length();
    int forArtist = Math.max(room / 2, room - FileNames.bytes(title));
    artist = FileNames.cut(artist, forArtist);
    return artist + joint + FileNames.cut(title, room - FileNames.bytes(artist));
  }
}
