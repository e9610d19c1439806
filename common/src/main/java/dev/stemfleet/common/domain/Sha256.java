package dev.stemfleet.common.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names of contents: SHA-256 digests (FIPS 180-4) as 64 lower-case hex digits. Thread-safe.
public final class Sha256 {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int DIGITS = 64;

  private Sha256() {}

  /// The digest of a file's bytes, read in blocks.
  ///
  /// @throws IOException as the file system gives it; which failure that is, only the caller knows
  public static String ofFile(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ofStream(in);
    }
  }

  /// The digest of what is left of a stream, read in blocks; the caller closes it.
  public static String ofStream(InputStream in) throws IOException {
    MessageDigest digest = newDigest();
    byte[] block = new byte[BLOCK_BYTES];
    for (int read = in.read(block); read >= 0; read = in.read(block)) {
      digest.update(block, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /// The digest of a text's UTF-8 bytes.
  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Whether a text could be a digest: 64 lower-case hex digits.
  static boolean isDigest(String text) {
    if (text.length() != DIGITS) {
      return false;
    }
    for (int place = 0; place < DIGITS; place++) {
      char digit = text.charAt(place);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
