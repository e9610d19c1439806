package dev.stemfleet.common.domain;

/// The ids of things that people submit: short, stable, and made from what the things are.
public final class Identity {
  private static final int ID_DIGITS = 16;

  private Identity() {}

  /// The id of a track for which none was given.
  ///
  /// @param sha256 of the sound file
  public static String trackId(String sha256) {
    return sha256.substring(0, ID_DIGITS);
  }

  /// The same batch, track and channel are the same job, however often they are submitted.
  public static String jobId(String batch, String trackId, String channelKey) {
    return new Fingerprint("job")
        .with("batch", batch)
        .with("track", trackId)
        .with("channel", channelKey)
        .hex()
        .substring(0, ID_DIGITS);
  }
}
