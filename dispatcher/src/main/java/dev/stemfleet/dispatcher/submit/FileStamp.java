package dev.stemfleet.dispatcher.submit;

import java.nio.file.attribute.BasicFileAttributes;

/// What tells whether a file has changed, without reading it.
///
/// @param modified milliseconds since 1970
record FileStamp(long bytes, long modified) {
  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}
