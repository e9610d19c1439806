package dev.stemfleet.common.failure;

/// Everything that can keep a job from being done. The only place that knows what is retried.
public enum FailureCode {
  MALFORMED_MESSAGE(Policy.REFUSE, "The message is not a job.", "Submit the track again."),
  NEWER_VERSION(
      Policy.REFUSE,
      "The message was written by a newer version.",
      "Upgrade this worker, then retry the job."),
  SOURCE_MISSING(
      Policy.REFUSE,
      "The track's file is not where the job says.",
      "Check the worker's roots and that the file is still there."),
  SOURCE_CHANGED(
      Policy.REFUSE,
      "The track's file is not the one that was submitted.",
      "Submit the track again."),
  SOURCE_FORBIDDEN(
      Policy.REFUSE,
      "The source lies outside what this worker may read.",
      "Map its root, or name its server in privateHosts or its bucket in s3.sources."),
  SOURCE_TOO_LARGE(
      Policy.REFUSE,
      "The track's file is larger than what is read.",
      "Check that the address leads to the right file."),
  SOUND_UNREADABLE(
      Policy.REFUSE, "The track's sound cannot be decoded.", "Check the file with a player."),
  SCRIPT_UNUSABLE(
      Policy.REFUSE,
      "The script is nothing that can be spoken.",
      "Check its text, its language and the recordings of its speakers."),
  ASSET_MISSING(
      Policy.REFUSE,
      "A picture of the channel is nowhere with the right bytes.",
      "Submit again: submit puts missing pictures beside the outputs."),
  ASSET_UNREADABLE(
      Policy.REFUSE, "A picture of the channel cannot be read.", "Check it: channels check."),
  MODEL_UNKNOWN(
      Policy.REFUSE, "This worker does not have the job's model.", "Add it, or pick another."),
  MODEL_BROKEN(Policy.REFUSE, "The model's file cannot be used.", "Check it: models verify."),
  SOUND_CHECK_FAILED(
      Policy.REFUSE,
      "What the model made is not sound that can be published.",
      "Try another model; report the track."),
  POISON(
      Policy.REFUSE,
      "The job took several workers down and is not tried again.",
      "Look at the workers' logs, then retry the job."),
  INTERNAL(Policy.REFUSE, "The worker has a defect.", "Report it with the worker's log."),
  CANCELLED(
      Policy.END, "Somebody asked for the end of the job.", "Submit the track again to have it."),
  DISK_FULL(Policy.RETRY, "There is no room on the disk.", "Free some space."),
  OUTPUT_UNWRITABLE(
      Policy.RETRY, "The output folder cannot be written.", "Check the folder and its rights."),
  SOURCE_UNREACHABLE(
      Policy.RETRY, "The track's source cannot be read now.", "Check the share or the server."),
  DEVICE_OUT_OF_MEMORY(
      Policy.RETRY, "The device has too little memory.", "Free the device or use a smaller model."),
  DEVICE_FAILED(Policy.RETRY, "The device reported an error.", "Check the device and its driver."),
  BROKER_UNREACHABLE(Policy.RETRY, "Kafka does not answer.", "Check the brokers.");

  /// What a worker does about a failure.
  public enum Policy {
    /// Failed result and dead topic: trying again cannot help.
    REFUSE,
    /// Tried again with backoff while the lease is held, then released.
    RETRY,
    /// Failed result and nothing else: it was asked for.
    END
  }

  private final Policy policy;
  private final String meaning;
  private final String advice;

  FailureCode(Policy policy, String meaning, String advice) {
    this.policy = policy;
    this.meaning = meaning;
    this.advice = advice;
  }

  public Policy policy() {
    return policy;
  }

  /// Whether the device that the model runs on is to blame, whatever the job.
  public boolean blamesDevice() {
    return this == DEVICE_FAILED;
  }

  /// One sentence that a user understands.
  public String meaning() {
    return meaning;
  }

  /// What to do about it, one sentence.
  public String advice() {
    return advice;
  }
}
