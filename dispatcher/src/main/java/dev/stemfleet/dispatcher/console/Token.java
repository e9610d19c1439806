package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.domain.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// What somebody must know who wants to change something. Immutable.
///
/// A browser keeps a digest of it as its cookie, so that the token itself lies nowhere. Never shown
/// by `toString`.
public final class Token {
  private static final int BYTES = 32;
  private static final int LEAST_LETTERS = 24;
  private static final int MOST_BYTES = 4096;

  private final String text;
  private final String cookie;

  private Token(String text) {
    this.text = text;
    this.cookie = Sha256.of(("stemfleet console " + text).getBytes(StandardCharsets.UTF_8));
  }

  /// One that nobody can guess.
  public static Token random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// One that stays the same from start to start.
  ///
  /// @throws ConfigException if the file cannot be read or what it holds is too short
  public static Token inFile(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigException(file, "is too long for a token");
      }
      return of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new ConfigException(file, "cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file, String.valueOf(e.getMessage()));
    }
  }

  /// @throws IllegalArgumentException if it could be guessed, or is none that a link can carry
  static Token of(String text) {
    if (!text.matches("[A-Za-z0-9_.~-]{" + LEAST_LETTERS + ",}")) {
      throw new IllegalArgumentException(
          "a token has " + LEAST_LETTERS + " or more letters, digits, '_', '.', '~' or '-'");
    }
    return new Token(text);
  }

  String text() {
    return text;
  }

  String cookie() {
    return cookie;
  }

  boolean is(String other) {
    return same(text, other);
  }

  boolean isCookie(String other) {
    return same(cookie, other);
  }

  @Override
  public String toString() {
    return "Token";
  }

  /// Takes as long whatever the first difference is.
  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
