package dev.stemfleet.common.catalog;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Publishing;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Tint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A channel as its YAML file writes it: pictures by file name, and everything that has a usual
/// value may be left out.
///
/// @param stems default: the five of music
/// @param keyInNames default: true
/// @param loudness default: mix
record ChannelFile(
    String key,
    String label,
    @Nullable List<String> aliases,
    @Nullable List<Stem> stems,
    LookFile look,
    @Nullable Boolean keyInNames,
    @Nullable LoudnessMode loudness,
    Publishing publishing) {

  private static final List<Stem> MUSIC =
      List.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);

  /// @param orientation default: landscape; `layout` may be given instead
  /// @param width default: 1920, portrait 1080
  /// @param height default: 1080, portrait 1920
  /// @param framesPerSecond default: 24
  /// @param icons by stem; default: `<stem>.png`
  record LookFile(
      @Nullable Orientation orientation,
      @Nullable Layout layout,
      @Nullable Integer width,
      @Nullable Integer height,
      @Nullable Integer framesPerSecond,
      @Nullable Tint tint,
      String background,
      String watermark,
      @Nullable Map<Stem, String> icons) {

    Look toLook(String where, AssetFolder assets) {
      boolean portrait = orientation == Orientation.PORTRAIT;
      Layout usual = portrait ? Layout.PORTRAIT : Layout.LANDSCAPE;
      return new Look(
          width == null ? (portrait ? 1080 : 1920) : width,
          height == null ? (portrait ? 1920 : 1080) : height,
          framesPerSecond == null ? 24 : framesPerSecond,
          layout == null ? usual : layout,
          tint,
          assets.ref(where + ": look.background", background),
          assets.ref(where + ": look.watermark", watermark),
          iconsFrom(where, assets));
    }

    private Map<Stem, AssetRef> iconsFrom(String where, AssetFolder assets) {
      Map<Stem, AssetRef> refs = new EnumMap<>(Stem.class);
      for (Stem stem : Stem.values()) {
        String own = icons == null ? null : icons.get(stem);
        String name = own == null ? stem.key() + ".png" : own;
        refs.put(stem, assets.ref(where + ": look.icons." + stem.key(), name));
      }
      return refs;
    }
  }

  enum Orientation {
    LANDSCAPE,
    PORTRAIT
  }

  Channel toChannel(String where, AssetFolder assets) {
    return new Channel(
        key,
        label,
        aliases == null ? List.of() : aliases,
        stems == null ? MUSIC : stems,
        look.toLook(where, assets),
        keyInNames == null || keyInNames,
        loudness == null ? LoudnessMode.MIX : loudness,
        publishing);
  }
}
