package dev.stemfleet.worker.place;

import java.util.List;

/// Where marks of tries lie: names in the folders of runs, which a whole fleet sees. Thread-safe.
interface AttemptMarks {
  /// Nearly always there are none, which has to be cheap.
  ///
  /// @throws dev.stemfleet.common.failure.JobException if nobody can tell
  List<String> names(String run);

  /// @throws dev.stemfleet.common.failure.JobException if it cannot be written
  void put(String run, String name);

  /// What cannot be removed stays.
  void remove(String run, String name);

  /// What cannot be removed stays.
  void removeAll(String run);
}
