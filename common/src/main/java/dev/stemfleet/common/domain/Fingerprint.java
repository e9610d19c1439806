package dev.stemfleet.common.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A sha256 over named values, each with its length, so that no two different lists of values run
/// together into the same bytes. Not thread-safe; used once.
public final class Fingerprint {
  /// Copied, as finding an implementation takes longer than digesting a few words.
  private static final MessageDigest UNUSED = unused();

  private final MessageDigest digest;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  /// @param kind what is named, so that the same values of another kind give another fingerprint
  public Fingerprint(String kind) {
    try {
      digest = (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this Java platform cannot be copied", e);
    }
    add(kind);
  }

  private static MessageDigest unused() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public Fingerprint with(String name, Object value) {
    add(name);
    add(value.toString());
    return this;
  }

  /// 64 lower-case hex digits.
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(length.putInt(0, bytes.length).array());
    digest.update(bytes);
  }
}
