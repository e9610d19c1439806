package dev.stemfleet.common.domain;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in the `.json` beside a video: all that an uploader needs.
///
/// @param title the same text as the video's file name
/// @param tags artist and title first, at most 500 characters in all
/// @param publishAt with its offset, or null
/// @param thumbnail name of the cover's file beside the video, or null
public record VideoMetadata(
    String title,
    String description,
    List<String> tags,
    String category,
    Publishing.Privacy privacy,
    @Nullable OffsetDateTime publishAt,
    @Nullable String comment,
    @Nullable String thumbnail) {
  private static final int MAX_TAG_CHARACTERS = 500;

  /// The metadata of one stem's video.
  public static VideoMetadata of(
      Track track,
      Channel channel,
      Stem stem,
      @Nullable OffsetDateTime publishAt,
      @Nullable String thumbnail) {
    Publishing publishing = channel.publishing();
    Function<String, String> fill = text -> filled(text, track, channel, stem);
    String comment = publishing.comment();
    return new VideoMetadata(
        Naming.title(track, channel, stem),
        fill.apply(publishing.description()).strip(),
        tags(track, stem, publishing.tags().stream().map(fill)),
        publishing.category(),
        publishing.privacy(),
        publishAt,
        comment == null ? null : fill.apply(comment),
        thumbnail);
  }

  private static List<String> tags(Track track, Stem stem, Stream<String> ofChannel) {
    List<String> tags = new ArrayList<>();
    int used = 0;
    Stream<String> first = Stream.of(track.artist(), track.title(), stem.label());
    for (String raw : Stream.concat(first, ofChannel).toList()) {
      String tag = raw.replaceAll("[,<>\\s]+", " ").strip();
      int cost = tag.length() + (tags.isEmpty() ? 0 : 1);
      if (!tag.isEmpty() && !tags.contains(tag) && used + cost <= MAX_TAG_CHARACTERS) {
        tags.add(tag);
        used += cost;
      }
    }
    return List.copyOf(tags);
  }

  private static String filled(String text, Track track, Channel channel, Stem stem) {
    Double bpm = track.bpm();
    Map<String, String> values =
        Map.of(
            "artist", track.artist(),
            "title", track.title(),
            "stem", stem.label(),
            "bpm", bpm == null ? "" : Naming.bpmInName(bpm),
            "key", orEmpty(track.key()),
            "genre", orEmpty(track.genre()),
            "channel", channel.label());
    StringBuilder out = new StringBuilder();
    int at = 0;
    var matcher = java.util.regex.Pattern.compile("\\{([a-z]+)}").matcher(text);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      out.append(text, at, matcher.start()).append(value == null ? matcher.group() : value);
      at = matcher.end();
    }
    return out.append(text.substring(at)).toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
