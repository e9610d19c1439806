package dev.stemfleet.common.s3;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.core.sync.RequestBody;

/// Bytes as they are sent. Pure.
final class Bodies {
  private Bodies() {}

  /// Not copied: the caller does not change them afterwards.
  static RequestBody of(byte[] bytes) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream");
  }

  /// Their SHA-256 as the store's headers have it.
  static String digest(byte[] bytes) {
    return Base64.getEncoder().encodeToString(newDigest().digest(bytes));
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
