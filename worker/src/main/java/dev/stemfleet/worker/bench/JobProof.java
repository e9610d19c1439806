package dev.stemfleet.worker.bench;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Whether a job made what it should have made. Pure but for the files it reads.
final class JobProof {
  private JobProof() {}

  /// The videos of a result, each looked at with FFmpeg's own program.
  ///
  /// @param samples of the track
  /// @throws dev.stemfleet.common.bench.BenchFailure if one is missing or not right, or if the job
  ///   separated or encoded sound
  static List<Path> videos(BenchWorker worker, Job job, Result result, long samples)
      throws IOException {
    var caches = Objects.requireNonNull(result.caches());
    VideoProof.requireThat(
        caches.separations() == 0 && caches.audioEncodes() == 0,
        "the job separated or encoded: " + caches);
    VideoProof.requireThat(result.warnings().isEmpty(), "warnings: " + result.warnings());
    List<OutputFile> videos =
        result.files().stream().filter(file -> file.product() == Product.VIDEO).toList();
    VideoProof.requireThat(
        videos.size() == job.channel().stems().size(), "videos are missing: " + result.files());
    long frames =
        Math.ceilDiv(samples * job.channel().look().framesPerSecond(), BenchStems.RATE_HZ);
    for (OutputFile video : videos) {
      VideoProof.require(
          worker.file(video.path()), new VideoProof.Expected(frames, video.sha256()));
    }
    return videos.stream().map(video -> worker.file(video.path())).toList();
  }
}
