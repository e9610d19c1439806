package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A track as jobs name it: its sound in a folder, its stems in memory and as raw sound beside it.
///
/// @param folder also of covers
/// @param sha256 of the sound
/// @param raw 32 bit floats, left and right in turn
record BenchTrack(Path folder, String sha256, BenchStems stems, Map<Stem, Path> raw) {
  static final String ROOT = "bench";
  private static final String SOUND = "track.flac";

  BenchTrack {
    raw = Map.copyOf(raw);
  }

  /// Plays a track and writes everything down.
  static BenchTrack make(Path folder, double seconds) throws IOException {
    BenchStems stems = BenchStems.play(seconds);
    Map<Stem, Path> raw = new EnumMap<>(Stem.class);
    for (Stem stem : BenchStems.STEMS) {
      Path file = folder.resolve(stem.key() + ".f32");
      stems.write(stem, file);
      raw.put(stem, file);
    }
    Path sound = folder.resolve(SOUND);
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "f32le",
            "-ar",
            BenchStems.RATE_HZ,
            "-ac",
            2,
            "-i",
            folder.resolve(Stem.INSTRUMENTAL.key() + ".f32"),
            sound);
    return new BenchTrack(folder, Sha256.ofFile(sound), stems, raw);
  }

  /// The track's job for a channel.
  ///
  /// @param batch other batches are other jobs
  /// @param cover in the track's folder
  Job job(String batch, Channel channel, AssetRef cover, ModelSpec model) throws IOException {
    Track track =
        new Track(
            Identity.trackId(sha256),
            new Source.InRoot(ROOT, SOUND),
            sha256,
            Files.size(folder.resolve(SOUND)),
            (double) stems.samples() / BenchStems.RATE_HZ,
            "A Title",
            "An Artist",
            124.0,
            "Am",
            "House",
            cover,
            Trim.NONE);
    return new Job(
        Schema.VERSION,
        Identity.jobId(batch, track.id(), channel.key()),
        batch,
        "01900000-0000-7000-8000-000000000000",
        Clock.systemUTC().instant(),
        track,
        channel,
        model.ref(),
        List.of(Product.VIDEO),
        null,
        batch + "/" + Naming.folder(channel) + "/" + Naming.folder(track),
        List.of());
  }
}
