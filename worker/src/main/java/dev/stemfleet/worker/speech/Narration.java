package dev.stemfleet.worker.speech;

import dev.stemfleet.common.domain.speech.Candidates.Slot;
import dev.stemfleet.common.domain.speech.Chunk;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A script as it was spoken: of every chunk all takes, and which of them was chosen. Immutable.
///
/// @param rateHz of all takes
public record Narration(int rateHz, List<Spoken> chunks) {
  public Narration {
    chunks = List.copyOf(chunks);
  }

  /// A chunk.
  ///
  /// @param speaker who speaks it, who need not be whom its tag names
  /// @param takes in order of their slots
  /// @param chosen index into them
  public record Spoken(Chunk chunk, SpeakerOrder speaker, List<Candidate> takes, int chosen) {
    public Spoken {
      takes = List.copyOf(takes);
    }

    /// The take that is heard.
    public Candidate best() {
      return takes.get(chosen);
    }
  }

  /// A take without its samples.
  ///
  /// @param samples how many there are
  /// @param digest of the samples, 64 hex digits
  public record Candidate(
      Slot slot, long seed, int samples, double seconds, String digest, Verdict verdict) {}

  /// The valid ones before all others; among them the best, then the shortest, then the first.
  ///
  /// @return index of a usable one, or −1
  static int choose(List<Candidate> takes) {
    return IntStream.range(0, takes.size())
        .filter(i -> takes.get(i).verdict().usable())
        .boxed()
        .min(
            Comparator.comparing((Integer i) -> !takes.get(i).verdict().valid())
                .thenComparingDouble(i -> -takes.get(i).verdict().overall())
                .thenComparingInt(i -> takes.get(i).samples())
                .thenComparingInt(i -> i))
        .orElse(-1);
  }
}
