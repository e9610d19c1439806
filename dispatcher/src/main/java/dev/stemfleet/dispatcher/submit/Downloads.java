package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import java.nio.file.Path;

/// Ways to files that lie elsewhere. Thread-safe.
///
/// @param web to what lies on the web
/// @param store to what lies in the object store
public record Downloads(WebDownload web, StoreSources store) {
  /// @throws dev.stemfleet.common.failure.JobException as [WebDownload#fetch]
  void fetch(TrackEntry.Elsewhere place, Path file, long mostBytes) {
    switch (place) {
      case TrackEntry.OnWeb on -> web.fetch(on.uri(), file, mostBytes, bytes -> {});
      case TrackEntry.InBucket(Source.InBucket object) ->
          store.fetch(object, file, mostBytes, bytes -> {});
    }
  }
}
