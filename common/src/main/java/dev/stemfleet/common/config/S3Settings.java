package dev.stemfleet.common.config;

import dev.stemfleet.common.domain.BucketPlace;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which object store a fleet uses, and what of it jobs may read; null where nothing is said. Who
/// asks is nobody's setting: keys come from where all programs for S3 find theirs.
///
/// @param endpoint http(s) address of the store, for all but Amazon's own
/// @param region null for that of the environment or of the profile
/// @param pathStyle whether the bucket stands in the path and not in the host's name; null: where
///   an endpoint is named
/// @param sources places from which tracks may be read
public record S3Settings(
    @Nullable URI endpoint,
    @Nullable String region,
    @Nullable Boolean pathStyle,
    List<BucketPlace> sources) {
  public static final S3Settings NONE = new S3Settings(null, null, null, List.of());

  /// @throws IllegalArgumentException naming the key
  public S3Settings {
    if (endpoint != null && !isServer(endpoint)) {
      throw new IllegalArgumentException(
          "s3.endpoint: must be http(s)://<host>[:<port>] and nothing else");
    }
    if (region != null && !region.matches("[a-z0-9-]{1,63}")) {
      throw new IllegalArgumentException(
          "s3.region: '" + region + "' must be lower-case letters, digits and '-'");
    }
    sources = List.copyOf(sources);
  }

  /// Reads the texts of a file, the environment or a command line.
  ///
  /// @throws IllegalArgumentException naming the key
  public static S3Settings of(
      @Nullable String endpoint,
      @Nullable String region,
      @Nullable Boolean pathStyle,
      List<String> sources) {
    return new S3Settings(
        endpoint == null ? null : uri(endpoint),
        region,
        pathStyle,
        sources.stream().map(S3Settings::source).toList());
  }

  /// Whether the bucket stands in the path of addresses.
  public boolean bucketInPath() {
    return pathStyle == null ? endpoint != null : pathStyle;
  }

  /// Whether jobs may read an object.
  public boolean isSource(String bucket, String key) {
    return sources.stream().anyMatch(place -> place.holds(bucket, key));
  }

  /// These, and `weaker` where nothing is said here.
  S3Settings over(S3Settings weaker) {
    return new S3Settings(
        endpoint == null ? weaker.endpoint : endpoint,
        region == null ? weaker.region : region,
        pathStyle == null ? weaker.pathStyle : pathStyle,
        sources.isEmpty() ? weaker.sources : sources);
  }

  private static BucketPlace source(String text) {
    try {
      return BucketPlace.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("s3.sources: " + e.getMessage(), e);
    }
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      // Not shown: people write passwords into addresses.
      throw new IllegalArgumentException("s3.endpoint: is no address", e);
    }
  }

  private static boolean isServer(URI uri) {
    String path = uri.getPath();
    return uri.getScheme() != null
        && uri.getScheme().matches("(?i)https?")
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && uri.getFragment() == null
        && (path == null || path.isEmpty() || path.equals("/"));
  }
}
