package dev.stemfleet.worker.render;

/// Pictures that are encoded already: what a video shows again and again. Immutable.
public final class CodedPictures {
  private final CodedGroup group;
  private final boolean repeated;
  private final int width;
  private final int height;
  private final int framesPerSecond;

  CodedPictures(CodedGroup group, boolean repeated, CoderSettings settings) {
    this.group = group;
    this.repeated = repeated;
    this.width = settings.width();
    this.height = settings.height();
    this.framesPerSecond = settings.framesPerSecond();
  }

  int framesPerSecond() {
    return framesPerSecond;
  }

  /// False for a still frame whose encoder's frames had to be encoded one by one.
  boolean repeated() {
    return repeated;
  }

  PictureTrack shownFor(long frames) {
    return new PictureTrack(group, width, height, framesPerSecond, frames);
  }
}
