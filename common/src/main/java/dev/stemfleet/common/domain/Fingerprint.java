package dev.stemfleet.common.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A sha256 over named values, each with its length, so that no two different lists of values run
/// together into the same bytes. Not thread-safe; used once.
public final class Fingerprint {
  private final MessageDigest digest;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  /// @param kind what is named, so that the same values of another kind give another fingerprint
  public Fingerprint(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    add(kind);
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
