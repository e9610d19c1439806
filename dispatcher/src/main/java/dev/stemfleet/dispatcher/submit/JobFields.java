package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said about a submit as a whole; null, or empty, where nothing is said. Nothing is
/// checked yet, see [Choices].
public record JobFields(
    @Nullable String batch,
    List<String> channels,
    List<String> stems,
    List<String> products,
    @Nullable String model,
    @Nullable String publishStart,
    @Nullable String publishEvery,
    @Nullable String zone) {
  public static final JobFields NONE =
      new JobFields(null, List.of(), List.of(), List.of(), null, null, null, null);

  public JobFields {
    channels = List.copyOf(channels);
    stems = List.copyOf(stems);
    products = List.copyOf(products);
  }

  /// These fields, and `weaker` where nothing is said here.
  public JobFields over(JobFields weaker) {
    return new JobFields(
        first(batch, weaker.batch),
        channels.isEmpty() ? weaker.channels : channels,
        stems.isEmpty() ? weaker.stems : stems,
        products.isEmpty() ? weaker.products : products,
        first(model, weaker.model),
        first(publishStart, weaker.publishStart),
        first(publishEvery, weaker.publishEvery),
        first(zone, weaker.zone));
  }

  /// Both, of two job files.
  ///
  /// @param file the other's, for the message
  /// @throws RequestException if they contradict each other
  JobFields and(JobFields other, String file) {
    if (!over(other).equals(other.over(this))) {
      throw new RequestException(
          file
              + ": says other things about the whole job than the files before it;"
              + " submit it on its own");
    }
    return over(other);
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }
}
