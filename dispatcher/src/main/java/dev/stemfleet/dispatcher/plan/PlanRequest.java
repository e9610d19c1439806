package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that decides what a submit comes to.
///
/// @param batch file-safe, see [BatchName]
/// @param run a UUIDv7
/// @param submittedAt now
/// @param tracks in the order in which they are sent and published
/// @param stems to which the channels are narrowed; empty for all that they make
/// @param publish null to say nothing about times
public record PlanRequest(
    String batch,
    String run,
    Instant submittedAt,
    List<TrackRequest> tracks,
    List<Channel> channels,
    List<Stem> stems,
    ModelRef model,
    List<Product> products,
    @Nullable PublishSlots publish) {
  public PlanRequest {
    tracks = List.copyOf(tracks);
    channels = List.copyOf(channels);
    stems = List.copyOf(stems);
    products = List.copyOf(products);
  }
}
