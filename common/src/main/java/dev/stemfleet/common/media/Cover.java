package dev.stemfleet.common.media;

/// A picture embedded in a sound file, as its encoded bytes.
///
/// The array is handed over: nobody changes it any more. Under that rule a cover may be shared by
/// any number of threads.
public final class Cover {
  private final byte[] bytes;
  private final String mediaType;

  /// @param bytes the picture's file; not checked, it may be damaged
  /// @param mediaType such as `image/jpeg` or `image/png`
  public Cover(byte[] bytes, String mediaType) {
    this.bytes = bytes;
    this.mediaType = mediaType;
  }

  /// The bytes themselves, not a copy: read only.
  public byte[] bytes() {
    return bytes;
  }

  public String mediaType() {
    return mediaType;
  }
}
