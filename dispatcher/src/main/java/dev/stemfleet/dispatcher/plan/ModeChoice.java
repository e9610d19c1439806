package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `--mode` asks for, per job: `all`, or `friday:latest,monday*:all`. Immutable.
public record ModeChoice(List<Entry> entries) {
  private static final Map<String, Entry> KNOWN = known();

  /// What is taken of what was submitted before.
  public enum Mode {
    /// Nothing: it is submitted as something new.
    NEW,
    /// What failed.
    FAILED,
    /// What was submitted last of each job.
    LATEST,
    /// Everything.
    ALL
  }

  /// @param jobs pattern for the names of jobs; null for all that no other entry is for
  /// @param anew whether what is there is made again
  public record Entry(@Nullable String jobs, Mode mode, boolean anew) {
    private Entry of(String pattern) {
      return new Entry(pattern, mode, anew);
    }
  }

  public ModeChoice {
    entries = List.copyOf(entries);
  }

  /// @throws RequestException naming the modes that are known
  public static ModeChoice parse(String text) {
    List<Entry> entries = new ArrayList<>();
    boolean rest = false;
    for (String part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      Entry entry = KNOWN.get(part.substring(colon + 1).strip());
      if (entry == null) {
        throw new RequestException(
            "--mode: "
                + Nearest.complaint("mode", part.substring(colon + 1).strip(), KNOWN.keySet()));
      }
      String jobs = colon < 0 ? null : part.substring(0, colon).strip();
      if (jobs != null && jobs.isEmpty()) {
        throw new RequestException("--mode: '" + part + "' names no job before the colon");
      }
      if (jobs == null && rest) {
        throw new RequestException("--mode: two of '" + text + "' are for no job in particular");
      }
      rest |= jobs == null;
      entries.add(jobs == null ? entry : entry.of(jobs));
    }
    return new ModeChoice(entries);
  }

  /// What is asked for a job; empty if nothing is. The first entry that matches, else the one
  /// without a name.
  public Optional<Entry> of(String job) {
    return entries.stream()
        .filter(entry -> entry.jobs() != null && new NamePattern(entry.jobs()).test(job))
        .findFirst()
        .or(() -> entries.stream().filter(entry -> entry.jobs() == null).findFirst());
  }

  /// All modes, as people write them.
  public static Set<String> names() {
    return KNOWN.keySet();
  }

  private static Map<String, Entry> known() {
    Map<String, Entry> known = new LinkedHashMap<>();
    known.put("new", new Entry(null, Mode.NEW, false));
    known.put("failed", new Entry(null, Mode.FAILED, false));
    for (String name : List.of("latest", "last")) {
      known.put(name, new Entry(null, Mode.LATEST, false));
    }
    known.put("all", new Entry(null, Mode.ALL, false));
    for (String name : List.of("latest-new", "last-new", "new-last")) {
      known.put(name, new Entry(null, Mode.LATEST, true));
    }
    for (String name : List.of("all-new", "new-all")) {
      known.put(name, new Entry(null, Mode.ALL, true));
    }
    return known;
  }
}
