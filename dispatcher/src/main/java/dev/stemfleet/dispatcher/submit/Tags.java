package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.media.SoundTags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sound file says about itself, made usable: files are written by strangers.
final class Tags {
  private Tags() {}

  /// @param warnings takes a line for what is there but cannot be used
  static TrackFields fields(SoundTags tags, List<String> warnings) {
    return new TrackFields(
        null,
        text(tags.title()),
        text(tags.artist()),
        bpm(tags.bpm(), warnings),
        text(tags.key()),
        text(tags.genre()),
        null,
        null,
        null,
        null);
  }

  private static @Nullable String text(@Nullable String tag) {
    if (tag == null) {
      return null;
    }
    String text = tag.replaceAll("\\p{Cntrl}", " ").strip();
    if (text.length() > TrackFields.MAX_CHARACTERS) {
      int end = TrackFields.MAX_CHARACTERS;
      text = text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
    return text.isEmpty() ? null : text;
  }

  /// Programs that do not know the tempo write 0.
  private static @Nullable Double bpm(@Nullable String tag, List<String> warnings) {
    if (tag == null || tag.isBlank()) {
      return null;
    }
    try {
      double bpm = Double.parseDouble(tag.strip().replace(',', '.'));
      if (bpm == 0) {
        return null;
      }
      if (bpm > 0 && bpm <= 400) {
        return bpm;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    warnings.add("bpm: the file's tag '" + text(tag) + "' is no tempo and not used");
    return null;
  }
}
