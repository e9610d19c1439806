package dev.stemfleet.worker.queue;

/// What is to become of a job, as the worker says.
enum Ending {
  /// It has its result.
  ACCEPT,
  /// It is to be handed out again soon.
  RELEASE,
  /// It is given up.
  REJECT,
  /// It is to wait at the queue's end, as new.
  REPUBLISH
}
