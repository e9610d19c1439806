package dev.stemfleet.worker.clip;

/// The way of a picture file into a frame, for tests of other rooms.
public final class PictureGate {
  private PictureGate() {}

  /// Decodes and scales it as a cover.
  ///
  /// @throws UnreadablePictureException if it cannot be used
  public static void pass(String name, byte[] bytes) {
    Scaling.cover(PictureReader.read(name, bytes), 320, 180);
  }

  /// Whether the picture was refused in its room's own way.
  public static boolean refused(Throwable e) {
    return e instanceof UnreadablePictureException;
  }
}
