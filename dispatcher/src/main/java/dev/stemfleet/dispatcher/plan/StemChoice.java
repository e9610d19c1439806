package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import java.util.List;
import java.util.stream.Collectors;

/// What channels make of music, and what of scripts.
final class StemChoice {
  private StemChoice() {}

  /// The channels with those of their stems that are wanted. Music has no narration.
  ///
  /// @throws RequestException if nothing is left of one
  static List<Channel> ofMusic(PlanRequest request) {
    return request.channels().stream().map(channel -> ofMusic(channel, request.stems())).toList();
  }

  /// The channels with the narration alone, whatever stems they have of music.
  ///
  /// @throws RequestException if it is not among the stems that were asked for
  static List<Channel> ofScripts(PlanRequest request) {
    if (!request.stems().isEmpty() && !request.stems().contains(Stem.NARRATION)) {
      throw new RequestException(
          "stems: a script is made into %s, which is not among %s"
              .formatted(Stem.NARRATION.key(), keys(request.stems())));
    }
    return request.channels().stream().map(Channel::ofScripts).toList();
  }

  private static Channel ofMusic(Channel channel, List<Stem> asked) {
    List<Stem> wanted =
        channel.stems().stream()
            .filter(stem -> stem != Stem.NARRATION && (asked.isEmpty() || asked.contains(stem)))
            .toList();
    if (wanted.isEmpty() && asked.isEmpty()) {
      throw new RequestException(
          "channels: %s makes %s only, which music does not have"
              .formatted(channel.key(), keys(channel.stems())));
    }
    if (wanted.isEmpty()) {
      throw new RequestException(
          "stems: the channel %s makes none of %s (it makes %s)"
              .formatted(channel.key(), keys(asked), keys(channel.stems())));
    }
    Channel own = channel.ofMusic();
    return wanted.equals(own.stems()) ? own : own.narrowedTo(wanted);
  }

  private static String keys(List<Stem> stems) {
    return stems.stream().map(Stem::key).collect(Collectors.joining(", "));
  }
}
