package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.job.KnownStems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What encoding a track's stems costs at least: one `ffmpeg` program per stem, all at once, with
/// the coder and the setting that the worker uses. The program cannot change the bit rate while it
/// codes, so it is given that of the largest frames: with less it would search again and again.
record AudioYardstick(BenchTrack track) {
  void encodeAll() {
    try (ExecutorService threads = Executors.newFixedThreadPool(track.raw().size())) {
      CompletableFuture.allOf(
              track.raw().keySet().stream()
                  .map(stem -> CompletableFuture.runAsync(() -> encode(stem), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
  }

  private void encode(Stem stem) {
    SoundFormat format = KnownStems.soundOfVideos();
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("-v", "error", "-y", "-f", "f32le", "-ar", BenchStems.RATE_HZ));
    arguments.addAll(List.of("-ac", 2, "-i", track.raw().get(stem)));
    arguments.addAll(List.of("-c:a", format.encoder(), "-b:a", format.highestBitRate()));
    format.encoderOptions().forEach((name, value) -> arguments.addAll(List.of("-" + name, value)));
    Path out = track.folder().resolve(stem.key() + "-yardstick." + format.extension());
    arguments.add(out);
    FfmpegProgram.ffmpeg().run(arguments.toArray());
  }
}
