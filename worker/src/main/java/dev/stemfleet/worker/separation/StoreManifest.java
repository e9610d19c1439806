package dev.stemfleet.worker.separation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// The `stems.json` of an entry.
///
/// @param version of this file's form; another one is made anew, not read
record StoreManifest(int version, Map<Stem, Sound> stems, Map<String, Object> facts) {
  static final String FILE = "stems.json";
  private static final int VERSION = 1;
  private static final JsonMapper JSON = Json.lenient();

  /// An [EncodedAudio] with its file's name only, so that the folder can be moved.
  record Sound(
      String file, int sampleRateHz, int primingSamples, long samples, long bytes, String sha256) {
    static Sound of(EncodedAudio audio) {
      return new Sound(
          String.valueOf(audio.file().getFileName()),
          audio.sampleRateHz(),
          audio.primingSamples(),
          audio.samples(),
          audio.bytes(),
          audio.sha256());
    }

    EncodedAudio in(Path folder) {
      return new EncodedAudio(
          folder.resolve(file), sampleRateHz, primingSamples, samples, bytes, sha256);
    }
  }

  static StoreManifest of(StemStore.Made made) {
    Map<Stem, Sound> sounds = new EnumMap<>(Stem.class);
    made.stems().forEach((stem, audio) -> sounds.put(stem, Sound.of(audio)));
    return new StoreManifest(VERSION, sounds, new TreeMap<>(made.facts()));
  }

  /// @throws IOException if there is none, or none that can be used
  static StoreManifest read(Path folder) throws IOException {
    StoreManifest manifest =
        JSON.readValue(Files.readAllBytes(folder.resolve(FILE)), StoreManifest.class);
    if (manifest.version != VERSION) {
      throw new IOException("%s: version %d".formatted(folder.resolve(FILE), manifest.version));
    }
    return manifest;
  }

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(FILE), JSON.writeValueAsBytes(this));
  }

  Map<Stem, EncodedAudio> stemsIn(Path folder) {
    Map<Stem, EncodedAudio> audio = new EnumMap<>(Stem.class);
    stems.forEach((stem, sound) -> audio.put(stem, sound.in(folder)));
    return Map.copyOf(audio);
  }
}
