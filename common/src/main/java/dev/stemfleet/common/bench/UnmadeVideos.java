package dev.stemfleet.common.bench;

import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.CacheCounts;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Outputs;
import org.jspecify.annotations.Nullable;

/// Videos that nobody made, for benches of everything but the making: one of every stem of the
/// channel, under the name that it would have.
public final class UnmadeVideos {
  private static final long BYTES = 10_000_000;

  private UnmadeVideos() {}

  public static Outputs of(Job job, @Nullable String videoEncoder) {
    return new Outputs(
        job.directory(),
        job.channel().stems().stream().map(stem -> video(job, stem)).toList(),
        CacheCounts.NONE,
        null,
        null,
        videoEncoder);
  }

  private static OutputFile video(Job job, Stem stem) {
    String path = job.directory() + "/" + Naming.title(job.track(), job.channel(), stem) + ".mp4";
    return new OutputFile(
        path, stem, Product.VIDEO, BYTES, job.track().sha256(), job.track().seconds());
  }
}
