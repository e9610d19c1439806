package dev.stemfleet.common.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// Where a track's bytes are read from.
///
/// Written as a URI: `file://<root>/<path>` for a file below a named root, which every worker maps
/// to a folder of its own (`roots: {music: /mnt/nas/music}`), as `s3://<bucket>/<key>` for an
/// object of the fleet's object store, else `http://…` or `https://…`.
public sealed interface Source {
  /// A file below a named root.
  ///
  /// @param root name of the root, a host-like word
  /// @param path below the root, `/` between folders, without `.` and `..`
  record InRoot(String root, String path) implements Source {
    public InRoot {
      if (!root.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw new IllegalArgumentException(
            "source: the root's name '" + root + "' must be lower-case letters, digits and '-'");
      }
      if (path.isEmpty()
          || FileNames.isUnusable(path)
          || List.of(path.split("/", -1)).stream()
              .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
        throw new IllegalArgumentException("source: '" + path + "' is no path below a root");
      }
    }

    @Override
    public URI uri() {
      try {
        return new URI("file", root, "/" + path, null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException("source: " + e.getMessage(), e);
      }
    }
  }

  /// A file on a web server.
  record OnWeb(URI uri) implements Source {
    public OnWeb {
      String scheme = uri.getScheme();
      if (scheme == null
          || !List.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))
          || uri.getHost() == null) {
        throw new IllegalArgumentException(
            "source: '" + shown(uri.toString()) + "' is no http(s) address");
      }
    }
  }

  /// An object of the fleet's object store.
  ///
  /// @param bucket its name, as Amazon S3 allows them
  /// @param key 1…1024 bytes of UTF-8 without `.` and `..` between slashes; does not end with one
  record InBucket(String bucket, String key) implements Source {
    private static final int MOST_BYTES = 1024;

    public InBucket {
      BucketPlace.requireBucket(bucket);
      if (key.isEmpty()
          || key.startsWith("/")
          || key.endsWith("/")
          || FileNames.isUnusable(key)
          || FileNames.bytes(key) > MOST_BYTES
          || List.of(key.split("/", -1)).stream().anyMatch(p -> p.equals(".") || p.equals(".."))) {
        throw new IllegalArgumentException("source: '" + key + "' is no key of an object");
      }
    }

    @Override
    public URI uri() {
      try {
        return new URI("s3", bucket, "/" + key, null, null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException("source: " + e.getMessage(), e);
      }
    }
  }

  URI uri();

  /// An address without what may be a secret in it, for messages.
  static String shown(String address) {
    return address.replaceFirst("(?s)[?#].*", "").replaceFirst("//[^/]*@", "//");
  }

  /// Reads what [#uri()] writes.
  ///
  /// @throws IllegalArgumentException if it is none of the three forms
  static Source parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("source: '" + shown(text) + "' is no URI", e);
    }
    if ("file".equals(uri.getScheme())) {
      String root = uri.getAuthority();
      String path = uri.getPath();
      if (root == null || path == null || path.length() < 2) {
        throw new IllegalArgumentException(
            "source: '" + shown(text) + "' must be file://<root>/<path below that root>");
      }
      return new InRoot(root, path.substring(1));
    }
    return "s3".equals(uri.getScheme()) ? inBucket(uri) : new OnWeb(uri);
  }

  private static InBucket inBucket(URI uri) {
    String bucket = uri.getAuthority();
    String path = uri.getPath();
    if (bucket == null
        || path == null
        || path.length() < 2
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "source: '" + shown(uri.toString()) + "' must be s3://<bucket>/<key>");
    }
    return new InBucket(bucket, path.substring(1));
  }
}
