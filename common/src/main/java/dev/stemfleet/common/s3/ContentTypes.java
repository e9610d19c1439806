package dev.stemfleet.common.s3;

import java.util.Locale;

/// What an object is said to be, by its name: browsers play what has the right type. Pure.
final class ContentTypes {
  private ContentTypes() {}

  static String of(String key) {
    String extension = key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "mp4" -> "video/mp4";
      case "json" -> "application/json";
      case "mp3" -> "audio/mpeg";
      case "flac" -> "audio/flac";
      case "wav" -> "audio/wav";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "webp" -> "image/webp";
      default -> "application/octet-stream";
    };
  }
}
