package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Finds the places that texts name.
///
/// @param folder that relative paths are relative to
/// @param roots for `file://<root>/<path>`
record Places(Path folder, Map<String, Path> roots) {
  Places in(Path other) {
    return new Places(other, roots);
  }

  /// @throws RequestException if the text names no place
  TrackEntry.Place of(String text) {
    String scheme = text.toLowerCase(Locale.ROOT);
    if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
      return new TrackEntry.OnWeb(web(text));
    }
    if (BucketPlace.isMeant(text)) {
      return new TrackEntry.InBucket(object(text));
    }
    return new TrackEntry.LocalFile(scheme.startsWith("file:") ? fromUri(text) : file(text));
  }

  /// @throws RequestException if there can be no such file
  Path file(String text) {
    try {
      return folder.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new RequestException("'" + text + "' is no file name here: " + e.getReason());
    }
  }

  private static URI web(String text) {
    try {
      return new Source.OnWeb(URI.create(text)).uri();
    } catch (IllegalArgumentException e) {
      throw new RequestException("'" + text + "' is no http(s) address");
    }
  }

  /// As people write keys: nothing in them is an escape.
  private static Source.InBucket object(String text) {
    String address = text.substring(BucketPlace.SCHEME.length());
    int slash = address.indexOf('/');
    try {
      return new Source.InBucket(
          slash < 0 ? address : address.substring(0, slash),
          slash < 0 ? "" : address.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw new RequestException("'" + text + "' must be s3://<bucket>/<key>: " + e.getMessage());
    }
  }

  /// `file:///path` is a file of this machine, `file://<root>/path` one below a root.
  private Path fromUri(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getAuthority() == null) {
        return Path.of(uri).normalize();
      }
      if (Source.parse(text) instanceof Source.InRoot inRoot) {
        Path root = roots.get(inRoot.root());
        if (root == null) {
          throw new RequestException(
              text + ": " + Nearest.complaint("root", inRoot.root(), roots.keySet()));
        }
        return root.resolve(inRoot.path());
      }
    } catch (IllegalArgumentException e) {
      throw new RequestException("'" + text + "': " + e.getMessage());
    }
    throw new RequestException("'" + text + "' is no file");
  }
}
