package dev.stemfleet.common.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a channel says beside each video, for the uploader.
///
/// Texts may hold `{artist}`, `{title}`, `{stem}`, `{bpm}`, `{key}`, `{genre}` and `{channel}`.
///
/// @param category of the video, as the publishing site names it
/// @param privacy of the video after upload
/// @param description under the video
/// @param tags after artist and title
/// @param comment pinned below the video, or null for none
/// @param narration what is said instead beside narrations; null for the same. Jobs have none: what
///   they hold is of their track
public record Publishing(
    String category,
    Privacy privacy,
    String description,
    List<String> tags,
    @Nullable String comment,
    @Nullable Narration narration) {
  /// Who may see an uploaded video.
  public enum Privacy {
    PUBLIC,
    UNLISTED,
    PRIVATE
  }

  /// What differs beside narrations; null where nothing does.
  public record Narration(
      @Nullable String category,
      @Nullable String description,
      @Nullable List<String> tags,
      @Nullable String comment) {
    public Narration {
      tags = tags == null ? null : List.copyOf(tags);
    }
  }

  public Publishing {
    tags = List.copyOf(tags);
  }

  /// The same beside narrations.
  public Publishing(
      String category,
      Privacy privacy,
      String description,
      List<String> tags,
      @Nullable String comment) {
    this(category, privacy, description, tags, comment, null);
  }

  /// What is said beside music.
  public Publishing ofMusic() {
    return narration == null ? this : new Publishing(category, privacy, description, tags, comment);
  }

  /// What is said beside narrations.
  public Publishing ofNarration() {
    Narration own = narration;
    return own == null
        ? this
        : new Publishing(
            own.category() == null ? category : own.category(),
            privacy,
            own.description() == null ? description : own.description(),
            own.tags() == null ? tags : own.tags(),
            own.comment() == null ? comment : own.comment());
  }
}
