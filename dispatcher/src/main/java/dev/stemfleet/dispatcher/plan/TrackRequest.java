package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Track;
import java.util.List;

/// A track that was looked at and found good.
///
/// @param input what people called it: a file, a line of a playlist; for messages
/// @param warnings that arose when it was looked at
public record TrackRequest(Track track, String input, List<String> warnings) {
  public TrackRequest {
    warnings = List.copyOf(warnings);
  }
}
