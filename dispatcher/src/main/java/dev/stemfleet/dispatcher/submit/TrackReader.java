package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Cover;
import dev.stemfleet.common.media.SoundFile;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Looks at a track that was asked for: whether it is sound, what it is called, what it looks like.
///
/// Thread-safe. Reads each file whole once, for its digest; covers are handed on and not kept. A
/// file whose digest, size and title are given is not even opened: the worker that takes the track
/// checks both.
public final class TrackReader {
  private static final long MAX_PICTURE_BYTES = 64L << 20;
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "image/jpeg",
          "jpg",
          "image/png",
          "png",
          "image/webp",
          "webp",
          "image/gif",
          "gif",
          "image/bmp",
          "bmp");

  private final Roots roots;
  private final WebDownload web;
  private final BiConsumer<AssetRef, byte[]> pictures;

  /// @param web fetches what lies on the web
  /// @param pictures takes covers
  public TrackReader(Roots roots, WebDownload web, BiConsumer<AssetRef, byte[]> pictures) {
    this.roots = roots;
    this.web = web;
    this.pictures = pictures;
  }

  /// @throws JobException if nothing can be made of this track, naming its file
  public TrackRequest read(TrackEntry entry) {
    SoundFacts stated = SoundFacts.stated(entry.fields());
    if (stated != null) {
      Source source =
          switch (entry.place()) {
            case TrackEntry.LocalFile local -> roots.locateUnseen(local.path());
            case TrackEntry.OnWeb(URI uri) -> new Source.OnWeb(uri);
          };
      TrackFields fields = blanksGone(entry.fields()).over(entry.fallback());
      return request(entry, fields, stated, source, List.of());
    }
    return switch (entry.place()) {
      case TrackEntry.LocalFile local -> {
        SoundFile sound = SoundFile.probe(local.path());
        yield request(entry, sound, roots.locate(local.path()), nameOf(local.path()));
      }
      case TrackEntry.OnWeb(URI uri) -> {
        try (WebFile file = WebFile.fetch(uri, web)) {
          SoundFile sound = probe(uri, file.path());
          yield request(entry, sound, new Source.OnWeb(uri), nameOf(uri));
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
            thumbnail(fields.thumbnail(), sound.cover()),
            trim == null ? Trim.NONE : trim);
    return new TrackRequest(track, entry.input(), warnings);
  }

  /// An empty title or artist says nothing.
  private static TrackFields blanksGone(TrackFields fields) {
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

  private @Nullable AssetRef thumbnail(@Nullable Path given, @Nullable Cover embedded) {
    if (given != null) {
      return kept(String.valueOf(given.getFileName()), pictureBytes(given));
    }
    if (embedded == null) {
      return null;
    }
    String extension = EXTENSIONS.getOrDefault(embedded.mediaType(), "bin");
    return kept("cover." + extension, embedded.bytes());
  }

  private AssetRef kept(String name, byte[] bytes) {
    AssetRef asset = new AssetRef(name, Sha256.of(bytes));
    pictures.accept(asset, bytes);
    return asset;
  }

  private static byte[] pictureBytes(Path file) {
    try {
      if (Files.size(file) > MAX_PICTURE_BYTES) {
        throw new JobException(
            FailureCode.ASSET_UNREADABLE, "thumbnail: " + file + ": larger than 64 MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new JobException(
          FailureCode.ASSET_MISSING, "thumbnail: " + file + ": there is no such file", e);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.ASSET_UNREADABLE,
          "thumbnail: " + file + ": cannot be read: " + e.getMessage(),
          e);
    }
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

  private static String nameOf(Path file) {
    return withoutExtension(String.valueOf(file.getFileName()));
  }

  private static String nameOf(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isBlank() ? uri.getHost() : withoutExtension(name);
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
