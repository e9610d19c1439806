package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.BatchName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects inputs by the job that they belong to: files that name different jobs are different
/// batches. What names none goes with the only one that is named; beside several, it is a batch of
/// its own. For one thread.
final class Named {
  private final List<Part> parts = new ArrayList<>();

  /// @param file that says something about the whole; null for a track that was named alone
  private record Part(@Nullable String file, JobFields fields, List<TrackEntry> tracks) {}

  void add(TrackEntry track) {
    parts.add(new Part(null, JobFields.NONE, List.of(track)));
  }

  void add(String file, JobFields fields, List<TrackEntry> tracks) {
    parts.add(new Part(file, fields, List.copyOf(tracks)));
  }

  /// One per batch, in the order in which they were first named.
  ///
  /// @throws dev.stemfleet.dispatcher.plan.RequestException if two files say different things about
  ///   the same batch
  List<Inputs> jobs() {
    Map<String, List<Part>> byName = new LinkedHashMap<>();
    for (Part part : parts) {
      byName.computeIfAbsent(name(part), name -> new ArrayList<>()).add(part);
    }
    boolean one = byName.keySet().stream().filter(name -> !name.isEmpty()).count() <= 1;
    return one ? List.of(together(parts)) : byName.values().stream().map(Named::together).toList();
  }

  private static Inputs together(List<Part> parts) {
    JobFields fields = JobFields.NONE;
    List<TrackEntry> tracks = new ArrayList<>();
    for (Part part : parts) {
      if (part.file() != null) {
        fields = fields.and(part.fields(), part.file());
      }
      tracks.addAll(part.tracks());
    }
    return new Inputs(tracks, fields);
  }

  private static String name(Part part) {
    String batch = part.fields().batch();
    return batch == null ? "" : BatchName.canonical(batch);
  }
}
