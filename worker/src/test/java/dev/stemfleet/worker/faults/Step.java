package dev.stemfleet.worker.faults;

/// A moment in a worker's way through a job, as the entry of a method of the worker's own program.
enum Step {
  /// The job is in hand and nothing of it has begun.
  HELD("dev.stemfleet.worker.job.JobRunner", "run", ""),
  /// The model is about to run.
  SEPARATING("dev.stemfleet.worker.job.JobContext", "run", "MEASURE"),
  /// All stems lie in the worker's store.
  STEMS_WRITTEN("dev.stemfleet.worker.job.JobContext", "run", "DRAW"),
  /// All videos lie in the work folder.
  VIDEO_WRITTEN("dev.stemfleet.worker.job.JobContext", "run", "PLACE"),
  /// The lease was renewed for the last time; the outputs are about to be moved.
  PLACING("dev.stemfleet.worker.place.Placement", "place", ""),
  /// The outputs lie where people look for them; nobody has noted where.
  MOVED("dev.stemfleet.worker.place.Placement", "note", ""),
  /// The job is made and its try has ended; nobody has been told.
  PLACED("dev.stemfleet.worker.Answers", "done", ""),
  /// The brokers have the result; what is known of tries is about to be forgotten.
  RESULT_SENT("dev.stemfleet.worker.Answers", "forget", ""),
  /// Everything is done but for the accept.
  BEFORE_ACCEPT("dev.stemfleet.worker.queue.ShareDelivery", "acceptSoon", "");

  private final String type;
  private final String method;
  private final String stage;

  /// @param stage that the method's first argument must be; empty where it does not matter
  Step(String type, String method, String stage) {
    this.type = type;
    this.method = method;
    this.stage = stage;
  }

  String type() {
    return type;
  }

  String method() {
    return method;
  }

  String stage() {
    return stage;
  }

  String words() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
