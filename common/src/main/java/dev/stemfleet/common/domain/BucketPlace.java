package dev.stemfleet.common.domain;

import java.util.List;
import java.util.regex.Pattern;

/// A place in an object store, written `s3://<bucket>` or `s3://<bucket>/<prefix>`: everything
/// whose key begins with the prefix.
///
/// @param bucket its name, as Amazon S3 allows them
/// @param prefix empty, or without a slash at its ends; `/` between its parts
public record BucketPlace(String bucket, String prefix) {
  public static final String SCHEME = "s3://";

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /// Keys have at most 1024.
  private static final int MOST_BYTES = 1000;

  public BucketPlace {
    requireBucket(bucket);
    boolean usable =
        prefix.isEmpty()
            || List.of(prefix.split("/", -1)).stream()
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!usable || FileNames.isUnusable(prefix) || FileNames.bytes(prefix) > MOST_BYTES) {
      throw new IllegalArgumentException(
          "'" + prefix + "' is no prefix: words with '/' between them, at most 1000 bytes");
    }
  }

  /// Whether a text is meant to name such a place.
  public static boolean isMeant(String text) {
    return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /// Reads `s3://bucket/prefix`, with or without a slash at its end. Nothing in it is an escape.
  ///
  /// @throws IllegalArgumentException if it is no such place
  public static BucketPlace parse(String text) {
    if (!isMeant(text)) {
      throw new IllegalArgumentException("'" + text + "' must be s3://<bucket>/<prefix>");
    }
    return of(text.substring(SCHEME.length()));
  }

  /// The same without what stands before the bucket.
  static BucketPlace of(String text) {
    int slash = text.indexOf('/');
    String prefix = slash < 0 ? "" : text.substring(slash + 1);
    return new BucketPlace(
        slash < 0 ? text : text.substring(0, slash),
        prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
  }

  /// Whether a key lies here.
  public boolean holds(String otherBucket, String key) {
    return bucket.equals(otherBucket) && (prefix.isEmpty() || key.startsWith(prefix + "/"));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }

  static void requireBucket(String bucket) {
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      throw new IllegalArgumentException(
          "'" + bucket + "' is no name of a bucket: 3 to 63 lower-case letters, digits, '.', '-'");
    }
  }
}
