package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A track that was looked at and found good.
///
/// @param input what people called it: a file, a line of a playlist; for messages
/// @param model of its own; null for that of the whole request
/// @param warnings that arose when it was looked at
public record TrackRequest(
    Track track, String input, @Nullable ModelRef model, List<String> warnings) {
  public TrackRequest {
    warnings = List.copyOf(warnings);
  }

  public TrackRequest(Track track, String input, List<String> warnings) {
    this(track, input, null, warnings);
  }
}
