package dev.stemfleet.dispatcher.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.script.SpeechFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Understands what people name on the command line: sound files, scripts, folders, patterns,
/// playlists, job files, JSON lines, addresses, folders of an object store.
///
/// A name that does not exist and is no pattern is taken for a sound file: it is refused later, on
/// its own. For one thread.
public final class InputReader {
  private static final JsonMapper LINES = Json.strict();

  private final Places places;
  private final StoreFolders stores;
  private final InputStream standardInput;
  private final Named named = new Named();
  private boolean any;

  /// Without an object store.
  ///
  /// @param folder that relative paths are relative to
  /// @param roots for `file://<root>/<path>`
  public InputReader(Path folder, Map<String, Path> roots, InputStream standardInput) {
    this(folder, roots, StoreSources.NONE, standardInput);
  }

  /// @param store for `s3://<bucket>/<folder>/`
  public InputReader(
      Path folder, Map<String, Path> roots, StoreSources store, InputStream standardInput) {
    this.places = new Places(folder, roots);
    this.stores = new StoreFolders(store);
    this.standardInput = standardInput;
  }

  /// Everything that the arguments name, in their order: one per batch, see [Named].
  ///
  /// @throws RequestException if one names nothing
  /// @throws dev.stemfleet.common.config.ConfigException if a job file or playlist is wrong
  public List<Inputs> read(List<String> arguments) {
    arguments.forEach(this::add);
    if (!any) {
      throw new RequestException("no track was named");
    }
    return named.jobs();
  }

  private void add(TrackEntry track) {
    named.add(track);
    any = true;
  }

  private void add(String argument) {
    if (argument.equals("-")) {
      addJsonLines("standard input", standardInput, places);
      return;
    }
    if (StoreFolders.isFolder(argument)) {
      stores.below(argument).forEach(this::addObject);
      return;
    }
    TrackEntry.Place place = places.of(argument);
    switch (place) {
      case TrackEntry.Elsewhere elsewhere -> add(entry(argument, elsewhere, TrackFields.NONE));
      case TrackEntry.LocalFile local -> addLocal(argument, local);
    }
  }

  private void addLocal(String argument, TrackEntry.LocalFile local) {
    Path path = local.path();
    if (Files.isDirectory(path)) {
      AudioFiles.below(path).forEach(this::addFile);
    } else if (!Files.exists(path) && AudioFiles.isPattern(argument)) {
      AudioFiles.matching(places.folder(), argument).forEach(this::addFile);
    } else {
      switch (InputNames.extension(String.valueOf(path.getFileName()))) {
        case "m3u", "m3u8" -> addPlaylist(path);
        case "yaml", "yml" -> addJobFile(path);
        case "jsonl", "ndjson" -> addJsonLines(path);
        default -> add(entry(argument, local, TrackFields.NONE));
      }
    }
  }

  private void addFile(Path file) {
    add(entry(file.toString(), new TrackEntry.LocalFile(file), TrackFields.NONE));
  }

  private void addObject(Source.InBucket object) {
    String input = BucketPlace.SCHEME + object.bucket() + "/" + object.key();
    add(entry(input, new TrackEntry.InBucket(object), TrackFields.NONE));
  }

  private void addPlaylist(Path file) {
    List<Playlist.Line> lines = Playlist.read(file);
    if (lines.isEmpty()) {
      throw new RequestException(file + ": there is no track in this playlist");
    }
    Places here = places.in(folderOf(file));
    for (Playlist.Line line : lines) {
      String input = file.getFileName() + ":" + line.number() + ": " + line.text();
      add(entry(input, playlistPlace(here, line.text()), line.fallback()));
    }
  }

  /// Playlists from Windows have backslashes.
  private static TrackEntry.Place playlistPlace(Places here, String text) {
    TrackEntry.Place place = here.of(text);
    if (place instanceof TrackEntry.LocalFile local
        && text.contains("\\")
        && !Files.exists(local.path())) {
      return here.of(text.replace('\\', '/'));
    }
    return place;
  }

  private void addJobFile(Path file) {
    JobFile job = JobFile.read(file);
    List<TrackEntry> tracks;
    try {
      tracks = job.entries(places.in(folderOf(file)));
    } catch (RequestException e) {
      throw new RequestException(file + ": " + e.getMessage());
    }
    if (tracks.isEmpty()) {
      throw new RequestException(
          file + ": tracks: must name at least one, unless input.text_file names a script");
    }
    named.add(file.toString(), job.fields(), tracks);
    any = true;
  }

  private void addJsonLines(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      addJsonLines(file.toString(), in, places.in(folderOf(file)));
    } catch (IOException e) {
      throw new RequestException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private void addJsonLines(String where, InputStream in, Places here) {
    int number = 0;
    try {
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      for (String line : new BufferedReader(reader).lines().toList()) {
        number++;
        if (!line.isBlank()) {
          TrackFile track = LINES.readValue(line, TrackFile.class);
          if (track == null) {
            throw new RequestException(where + ": line " + number + ": is no track");
          }
          add(track.toEntry(here, SpeechFile.NONE));
        }
      }
    } catch (JsonProcessingException e) {
      throw new RequestException(where + ": line " + number + ": " + Json.oneLine(e));
    }
  }

  private static TrackEntry entry(String input, TrackEntry.Place place, TrackFields fallback) {
    return new TrackEntry(input, place, TrackFields.NONE, fallback);
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }
}
