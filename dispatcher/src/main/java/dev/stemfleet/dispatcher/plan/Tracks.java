package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tracks of a request, each once.
///
/// @param warnings about tracks that were there several times
/// @param refusals of tracks for which nothing can be made
record Tracks(List<TrackRequest> accepted, List<String> warnings, List<Refusal> refusals) {

  /// @throws RequestException if one id stands for different sounds
  static Tracks distinct(List<TrackRequest> requests) {
    Map<String, TrackRequest> byId = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (TrackRequest request : requests) {
      Optional<Refusal> refusal = trimmedAway(request);
      if (refusal.isPresent()) {
        refusals.add(refusal.get());
        continue;
      }
      TrackRequest before = byId.get(request.track().id());
      if (before == null) {
        byId.put(request.track().id(), request);
      } else {
        requireSameSound(before, request);
        String warning = request.input() + ": the same track as " + before.input() + ", made once";
        warnings.add(warning);
        byId.put(request.track().id(), with(before, warning));
      }
    }
    Collection<TrackRequest> accepted = byId.values();
    return new Tracks(List.copyOf(accepted), warnings, refusals);
  }

  private static Optional<Refusal> trimmedAway(TrackRequest request) {
    Trim trim = request.track().trim();
    Double seconds = request.track().seconds();
    if (seconds == null || trim.startSeconds() < seconds) {
      return Optional.empty();
    }
    String reason =
        "trim: starts at %s s, but the track ends at %s s".formatted(trim.startSeconds(), seconds);
    return Optional.of(new Refusal(request.input(), reason));
  }

  private static void requireSameSound(TrackRequest one, TrackRequest other) {
    Track track = one.track();
    if (!track.sha256().equals(other.track().sha256())) {
      throw new RequestException(
          "id: %s and %s have the id '%s' but different sound"
              .formatted(one.input(), other.input(), track.id()));
    }
  }

  private static TrackRequest with(TrackRequest request, String warning) {
    List<String> warnings = new ArrayList<>(request.warnings());
    warnings.add(warning);
    return new TrackRequest(request.track(), request.input(), request.model(), warnings);
  }
}
