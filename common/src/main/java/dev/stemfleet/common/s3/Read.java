package dev.stemfleet.common.s3;

/// A small object that was read. Its bytes are handed over and not copied.
public final class Read {
  private final byte[] bytes;
  private final String version;

  Read(byte[] bytes, String version) {
    this.bytes = bytes;
    this.version = version;
  }

  public byte[] bytes() {
    return bytes;
  }

  /// Names these bytes; for [Bucket#replace].
  public String version() {
    return version;
  }
}
