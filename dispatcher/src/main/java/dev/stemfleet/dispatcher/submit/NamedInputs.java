package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.dispatcher.plan.NamePattern;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Inputs of several batches, and the name that the command line gives.
public final class NamedInputs {
  private NamedInputs() {}

  /// Those that are meant: a pattern chooses among the names in the files, a name is that of the
  /// only batch. Where nothing has a name, what looks like a pattern is a name.
  ///
  /// @param name as the command line gives it; null if it does not
  /// @throws RequestException if a pattern fits none, or a name would be that of several
  public static List<Inputs> chosen(List<Inputs> all, @Nullable String name) {
    if (name == null || all.stream().allMatch(one -> one.fields().batch() == null)) {
      return all;
    }
    NamePattern pattern = new NamePattern(name);
    if (pattern.isOneName()) {
      if (all.size() > 1) {
        throw new RequestException(
            "--job: one name, but the files name several jobs: " + names(all));
      }
      return all;
    }
    List<Inputs> chosen =
        all.stream()
            .filter(one -> one.fields().batch() != null && pattern.test(one.fields().batch()))
            .toList();
    if (chosen.isEmpty()) {
      throw new RequestException(
          "--job: '%s' fits 0 of the %d jobs that the files name: %s"
              .formatted(name, all.size(), names(all)));
    }
    return chosen;
  }

  /// Whether what the command line gives is the name of what was chosen.
  public static boolean isName(List<Inputs> all, String name) {
    return new NamePattern(name).isOneName()
        || all.stream().allMatch(one -> one.fields().batch() == null);
  }

  private static String names(List<Inputs> all) {
    return all.stream()
        .map(one -> one.fields().batch() == null ? "(no name)" : one.fields().batch())
        .collect(Collectors.joining(", "));
  }
}
