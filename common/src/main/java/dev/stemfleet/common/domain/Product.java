package dev.stemfleet.common.domain;

/// A kind of file that a stem becomes.
public enum Product {
  VIDEO("mp4"),
  MP3("mp3"),
  FLAC("flac"),
  WAV("wav");

  private final String extension;

  Product(String extension) {
    this.extension = extension;
  }

  /// Of its files, without the dot.
  public String extension() {
    return extension;
  }
}
