package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The stems that are taken from a model's networks, and the networks that have to run for them.
///
/// @param stems one for each wanted stem
/// @param networks places in [ModelSpec#files]
public record WantedStems(List<NetworkStem> stems, Set<Integer> networks) {
  public WantedStems {
    stems = List.copyOf(stems);
    networks = Set.copyOf(networks);
  }

  /// Where a stem comes from.
  ///
  /// @param stem its place in [ModelSpec#stems]
  /// @param network the first that gives it
  public record NetworkStem(int stem, int network, String name) {
    /// Its place in an output that has batch and stems as its first axes.
    int row(Exchange exchange, int slot) {
      List<String> given = exchange.stems(network);
      return slot * given.size() + given.indexOf(name);
    }
  }

  /// @param wanted places in [ModelSpec#stems]
  /// @throws IllegalArgumentException if no network gives one of them
  public static WantedStems of(ModelSpec spec, Set<Integer> wanted) {
    List<NetworkStem> stems = new ArrayList<>();
    for (int stem : new TreeSet<>(wanted)) {
      String name = spec.stems().get(stem);
      stems.add(new NetworkStem(stem, networkOf(spec, name), name));
    }
    return new WantedStems(stems, networks(spec, stems));
  }

  private static int networkOf(ModelSpec spec, String name) {
    for (int network = 0; network < spec.files().size(); network++) {
      if (spec.stemsOf(network).contains(name)) {
        return network;
      }
    }
    throw new IllegalArgumentException(
        "files: none of model %s gives %s".formatted(spec.id(), name));
  }

  private static Set<Integer> networks(ModelSpec spec, List<NetworkStem> stems) {
    return switch (spec.layout()) {
      case ModelLayout.Waveform _,
          ModelLayout.Hybrid _,
          ModelLayout.MdxNet _,
          ModelLayout.Mdx23c _,
          ModelLayout.Roformer _ ->
          stems.stream().map(NetworkStem::network).collect(Collectors.toSet());
      // A stem's share depends on what the other networks hear.
      case ModelLayout.OpenUnmix _, ModelLayout.Spleeter _ -> all(spec);
    };
  }

  private static Set<Integer> all(ModelSpec spec) {
    Set<Integer> networks = new TreeSet<>();
    for (int network = 0; network < spec.files().size(); network++) {
      networks.add(network);
    }
    return networks;
  }
}
