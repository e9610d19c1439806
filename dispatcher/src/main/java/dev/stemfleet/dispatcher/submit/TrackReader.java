package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Looks at a track that was asked for: whether it is sound, what it is called, what it looks like.
///
/// Thread-safe. Reads each file whole once, for its digest; covers are handed on and not kept. A
/// file whose digest, size and title are given is not even opened: the worker that takes the track
/// checks both.
public final class TrackReader {
  private final Roots roots;
  private final Downloads downloads;
  private final Thumbnails thumbnails;

  /// Without an object store.
  ///
  /// @param web fetches what lies on the web
  /// @param pictures takes covers
  public TrackReader(Roots roots, WebDownload web, BiConsumer<AssetRef, byte[]> pictures) {
    this(roots, new Downloads(web, StoreSources.NONE), pictures);
  }

  /// @param pictures takes covers
  TrackReader(Roots roots, Downloads downloads, BiConsumer<AssetRef, byte[]> pictures) {
    this.roots = roots;
    this.downloads = downloads;
    this.thumbnails = new Thumbnails(pictures);
  }

  /// @throws JobException if nothing can be made of this track, naming its file
  public TrackRequest read(TrackEntry entry) {
    SoundFacts stated = SoundFacts.stated(entry.fields());
    if (stated != null) {
      Source source =
          switch (entry.place()) {
            case TrackEntry.LocalFile local -> roots.locateUnseen(local.path());
            case TrackEntry.Elsewhere elsewhere -> elsewhere.source();
          };
      TrackFields fields = blanksGone(entry.fields()).over(entry.fallback());
      return request(entry, fields, stated, source, List.of());
    }
    return switch (entry.place()) {
      case TrackEntry.LocalFile local -> {
        SoundFile sound = SoundFile.probe(local.path());
        yield request(entry, sound, roots.locate(local.path()), InputNames.of(local.path()));
      }
      case TrackEntry.Elsewhere elsewhere -> {
        try (FetchedFile file = FetchedFile.fetch(elsewhere, downloads)) {
          Source source = elsewhere.source();
          SoundFile sound = probe(source.uri(), file.path());
          yield request(entry, sound, source, InputNames.of(source.uri()));
        }
      }
    };
  }

  private TrackRequest request(TrackEntry entry, SoundFile sound, Source source, String name) {
    List<String> warnings = new ArrayList<>();
    TrackFields said = blanksGone(entry.fields());
    TrackFields fields = said.over(Tags.fields(sound.tags(), warnings)).over(entry.fallback());
    String title = fields.title();
    if (title == null) {
      warnings.add("title: neither given nor in the file; its name is taken");
      title = name;
    }
    SoundFacts facts =
        new SoundFacts(
            digest(entry, sound.file()),
            size(sound.file()),
            sound.durationSeconds(),
            title,
            sound.cover());
    return request(entry, fields, facts, source, warnings);
  }

  private TrackRequest request(
      TrackEntry entry,
      TrackFields fields,
      SoundFacts sound,
      Source source,
      List<String> warnings) {
    String id = fields.id();
    String artist = fields.artist();
    Trim trim = fields.trim();
    Track track =
        new Track(
            id == null ? Identity.trackId(sound.sha256()) : id,
            source,
            sound.sha256(),
            sound.bytes(),
            sound.seconds(),
            sound.title(),
            artist == null ? "" : artist,
            fields.bpm(),
            fields.key(),
            fields.genre(),
            thumbnails.of(fields.thumbnail(), sound.cover()),
            trim == null ? Trim.NONE : trim);
    return new TrackRequest(track, entry.input(), warnings);
  }

  /// An empty title or artist says nothing.
  static TrackFields blanksGone(TrackFields fields) {
    return new TrackFields(
        fields.id(),
        blankGone(fields.title()),
        fields.artist(),
        fields.bpm(),
        blankGone(fields.key()),
        blankGone(fields.genre()),
        fields.thumbnail(),
        fields.trim(),
        fields.sha256(),
        fields.stated());
  }

  private static @Nullable String blankGone(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static String digest(TrackEntry entry, Path file) {
    try {
      String sha256 = Sha256.ofFile(file);
      String wanted = entry.fields().sha256();
      if (wanted != null && !wanted.equals(sha256)) {
        throw new JobException(
            FailureCode.SOURCE_CHANGED, entry.input() + ": sha256: it is really " + sha256);
      }
      return sha256;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static JobException unreadable(Path file, IOException e) {
    return new JobException(
        FailureCode.SOURCE_UNREACHABLE, file + ": cannot be read: " + e.getMessage(), e);
  }

  /// Messages name the address, not the temporary file.
  private static SoundFile probe(URI uri, Path file) {
    try {
      return SoundFile.probe(file);
    } catch (JobException e) {
      String message = String.valueOf(e.getMessage()).replace(file.toString(), WebGuard.shown(uri));
      throw new JobException(e.code(), message, e);
    }
  }
}
