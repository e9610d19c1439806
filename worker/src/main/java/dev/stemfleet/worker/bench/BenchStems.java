package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.StemEncoder;
import dev.stemfleet.worker.job.KnownStems;
import dev.stemfleet.worker.separation.StemSink;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Five stems as a model hands them over: float samples in memory, a segment after the other. Not
/// changed once made; thread-safe.
final class BenchStems {
  static final List<Stem> STEMS =
      List.of(Stem.ACAPELLA, Stem.DRUMS, Stem.BASS, Stem.MELODY, Stem.INSTRUMENTAL);

  static final int RATE_HZ = 44_100;

  /// What a usual model finishes at once.
  private static final int SEGMENT = 343_980;

  private final long samples;

  /// Each of all stems, two channels.
  private final List<float[][][]> segments;

  private BenchStems(long samples, List<float[][][]> segments) {
    this.samples = samples;
    this.segments = segments;
  }

  /// Plays a band for so long.
  static BenchStems play(double seconds) {
    long samples = Math.round(seconds * RATE_HZ);
    List<float[][][]> segments = new ArrayList<>();
    BenchBand band = new BenchBand();
    for (long from = 0; from < samples; from += SEGMENT) {
      segments.add(band.play((int) Math.min(SEGMENT, samples - from)));
    }
    return new BenchStems(samples, segments);
  }

  /// Per channel.
  long samples() {
    return samples;
  }

  /// Hands all stems to a sink, each in order, several at the same time, as a separation does.
  void into(StemSink sink, Executor pool) {
    List<CompletableFuture<Void>> lanes = new ArrayList<>();
    STEMS.forEach(_ -> lanes.add(CompletableFuture.completedFuture(null)));
    for (float[][][] segment : segments) {
      for (int i = 0; i < STEMS.size(); i++) {
        Stem stem = STEMS.get(i);
        float[][] block = segment[i];
        lanes.set(
            i,
            lanes
                .get(i)
                .thenRunAsync(() -> sink.write(stem, block[0], block[1], block[0].length), pool));
      }
    }
    try {
      lanes.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /// Encodes a stem as the worker does.
  EncodedAudio encode(Stem stem, Path file) {
    try (StemEncoder encoder = StemEncoder.open(file, KnownStems.soundOfVideos(), AudioTags.NONE)) {
      for (float[][][] segment : segments) {
        float[][] block = segment[STEMS.indexOf(stem)];
        encoder.write(block[0], block[1], block[0].length);
      }
      return encoder.finish();
    }
  }

  /// Writes a stem as raw sound: 32 bit floats, left and right in turn, the low byte first.
  void write(Stem stem, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (float[][][] segment : segments) {
        float[][] block = segment[STEMS.indexOf(stem)];
        ByteBuffer bytes =
            ByteBuffer.allocate(2 * Float.BYTES * block[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < block[0].length; i++) {
          bytes.putFloat(block[0][i]).putFloat(block[1][i]);
        }
        out.write(bytes.array());
      }
    }
  }
}
