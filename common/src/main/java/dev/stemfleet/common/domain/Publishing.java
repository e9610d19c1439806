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
public record Publishing(
    String category,
    Privacy privacy,
    String description,
    List<String> tags,
    @Nullable String comment) {
  /// Who may see an uploaded video.
  public enum Privacy {
    PUBLIC,
    UNLISTED,
    PRIVATE
  }

  public Publishing {
    tags = List.copyOf(tags);
  }
}
