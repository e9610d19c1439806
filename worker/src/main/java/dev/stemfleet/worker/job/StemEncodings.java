package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.GainPlan;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.StemEncoder;
import dev.stemfleet.worker.audio.StemWriter;
import dev.stemfleet.worker.separation.StemSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// All stems of a track while they are encoded: each gets its gain, is checked, and goes to one
/// encoder per kind of file. Stems may be written at the same time, each by one thread at a time.
/// The caller closes.
final class StemEncodings implements StemSink, AutoCloseable {
  /// The sound of the videos.
  static final SoundFormat FOR_VIDEO = SoundFormat.AAC;

  /// A stem whose peak in the model's output lies below this may be silent.
  private static final double FAINT_DBTP = -50;

  private final Map<Stem, Lane> lanes = new EnumMap<>(Stem.class);

  private StemEncodings() {}

  /// Starts the files of every stem in a folder.
  static StemEncodings open(Path folder, Map<Stem, GainPlan> plans, Collection<Product> products) {
    StemEncodings encodings = new StemEncodings();
    try {
      plans.forEach(
          (stem, plan) -> encodings.lanes.put(stem, new Lane(stem, plan, folder, products)));
      return encodings;
    } catch (RuntimeException e) {
      encodings.close();
      throw e;
    }
  }

  @Override
  public void write(Stem stem, float[] left, float[] right, int count) {
    lane(stem).write(left, right, count);
  }

  /// Ends all files and checks the stems.
  ///
  /// @param pool ends several at once
  /// @throws dev.stemfleet.common.failure.JobException `SOUND_CHECK_FAILED` if one cannot be
  ///   published
  void finish(long trackSamples, Executor pool) {
    List<Lane> all = List.copyOf(lanes.values());
    Parallel.forEach(pool, all, Progress.NONE, lane -> lane.finish(trackSamples));
  }

  /// Of all stems, after their gain. Known once they are finished.
  double highestTruePeakDbtp() {
    return lanes.values().stream()
        .mapToDouble(Lane::truePeakDbtp)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /// The sound for the videos.
  Map<Stem, EncodedAudio> audio() {
    Map<Stem, EncodedAudio> audio = new EnumMap<>(Stem.class);
    lanes.forEach((stem, lane) -> audio.put(stem, lane.forVideo()));
    return audio;
  }

  /// The files beside those of the videos.
  List<StemAudio.AudioFile> products() {
    return lanes.values().stream().flatMap(lane -> lane.products().stream()).toList();
  }

  @Override
  public void close() {
    lanes.values().forEach(Lane::close);
  }

  private Lane lane(Stem stem) {
    Lane lane = lanes.get(stem);
    if (lane == null) {
      throw new IllegalArgumentException("no encoder was opened for " + stem);
    }
    return lane;
  }

  static SoundFormat format(Product product) {
    return switch (product) {
      case VIDEO -> FOR_VIDEO;
      case MP3 -> SoundFormat.MP3;
      case FLAC -> SoundFormat.FLAC;
      case WAV -> SoundFormat.WAV;
    };
  }

  /// One stem's way to its files. The first is the videos'.
  private static final class Lane implements AutoCloseable {
    private final Stem stem;
    private final GainPlan plan;
    private final List<Product> products = new ArrayList<>();
    private final StemWriter writer;
    private List<EncodedAudio> files = List.of();

    Lane(Stem stem, GainPlan plan, Path folder, Collection<Product> wanted) {
      this.stem = stem;
      this.plan = plan;
      products.add(Product.VIDEO);
      products.addAll(wanted);
      this.writer = new StemWriter(stem.key(), plan, encoders(folder));
    }

    private List<StemEncoder> encoders(Path folder) {
      List<StemEncoder> opened = new ArrayList<>();
      try {
        for (Product product : products) {
          SoundFormat format = format(product);
          Path file = folder.resolve(stem.key() + "." + format.extension());
          opened.add(StemEncoder.open(file, format, AudioTags.NONE));
        }
        return opened;
      } catch (RuntimeException e) {
        opened.forEach(StemEncoder::close);
        throw e;
      }
    }

    void write(float[] left, float[] right, int count) {
      writer.write(left, right, count);
    }

    void finish(long trackSamples) {
      boolean faint = truePeakDbtp() - plan.gainDb() < FAINT_DBTP;
      files = writer.finish(trackSamples, faint).files();
    }

    double truePeakDbtp() {
      return writer.figures().truePeakDbtp();
    }

    EncodedAudio forVideo() {
      return files.getFirst();
    }

    List<StemAudio.AudioFile> products() {
      List<StemAudio.AudioFile> named = new ArrayList<>();
      for (int i = 1; i < products.size(); i++) {
        EncodedAudio file = files.get(i);
        named.add(
            new StemAudio.AudioFile(
                stem,
                products.get(i),
                String.valueOf(file.file().getFileName()),
                file.bytes(),
                file.sha256(),
                file.seconds()));
      }
      return named;
    }

    @Override
    public void close() {
      writer.close();
    }
  }
}
