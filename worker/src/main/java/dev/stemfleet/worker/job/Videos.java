package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.VideoMetadata;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.clip.Cover;
import dev.stemfleet.worker.clip.FrameClips;
import dev.stemfleet.worker.clip.LoadCounts;
import dev.stemfleet.worker.render.CodedPictures;
import dev.stemfleet.worker.render.FrameDrawing;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.render.VideoFacts;
import dev.stemfleet.worker.render.VideoTags;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Frames and videos of a job: clips are fetched once, every stem's frame is drawn and encoded, and
/// once there is sound its video is written, several at a time. Thread-safe.
final class Videos {
  private final ClipCaches clips;
  private final StillVideo writer;
  private final Executor pool;

  Videos(ClipCaches clips, StillVideo writer, Executor pool) {
    this.clips = clips;
    this.writer = writer;
    this.pool = pool;
  }

  /// The encoder of the pictures.
  String encoder() {
    return writer.encoder();
  }

  /// Begins to make the job's pictures.
  JobPictures pictures(Job job, LoadCounts counts) {
    Look look = job.channel().look();
    return new JobPictures(
        job.channel().stems(),
        () -> clips(job, counts),
        (held, stem) -> coded(look, held, stem),
        pool);
  }

  FrameClips clips(Job job, LoadCounts counts) {
    AssetRef thumbnail = job.track().thumbnail();
    Cover cover = thumbnail == null ? new Cover.None() : new Cover.Stored(thumbnail);
    Channel channel = job.channel();
    return clips.hold(
        channel.look(), cover, job.track().id(), channel.stems(), FrameDrawing::base, counts);
  }

  /// Writes all videos, each as soon as its picture is encoded, with the metadata beside it.
  void write(
      Job job,
      JobPictures pictures,
      Map<Stem, EncodedAudio> audio,
      @Nullable String cover,
      JobOutputs outputs,
      Progress progress) {
    List<CompletableFuture<Void>> videos =
        job.channel().stems().stream()
            .map(
                stem ->
                    pictures
                        .of(stem)
                        .thenAcceptAsync(
                            shown -> {
                              EncodedAudio sound =
                                  Objects.requireNonNull(audio.get(stem), stem.key());
                              writeOne(job, stem, shown, sound, outputs);
                              writeMetadata(job, stem, cover, outputs);
                            },
                            pool))
            .toList();
    Parallel.await(videos, progress);
  }

  private static void writeMetadata(
      Job job, Stem stem, @Nullable String cover, JobOutputs outputs) {
    VideoMetadata metadata =
        VideoMetadata.of(job.track(), job.channel(), stem, job.publishAt(), cover);
    outputs.write(metadata.title() + ".json", stem, Json.pretty(metadata));
  }

  private void writeOne(
      Job job, Stem stem, CodedPictures shown, EncodedAudio sound, JobOutputs outputs) {
    Track track = job.track();
    String title = Naming.title(track, job.channel(), stem);
    String name = title + "." + Product.VIDEO.extension();
    VideoTags tags = new VideoTags(title, track.artist(), "");
    VideoFacts facts = writer.write(shown, sound, tags, outputs.file(name), Progress.NONE);
    outputs.add(name, stem, Product.VIDEO, facts.bytes(), facts.sha256(), facts.seconds());
  }

  private CodedPictures coded(Look look, FrameClips clips, Stem stem) {
    int rate = look.framesPerSecond();
    return clips
        .loop()
        .map(loop -> writer.loop(MovingFrames.of(look, clips, loop, stem), rate))
        .orElseGet(() -> writer.still(frame(look, clips, stem), rate));
  }

  private static Picture frame(Look look, FrameClips clips, Stem stem) {
    return FrameDrawing.frame(look, clips.base(), clips.watermark(), clips.icon(stem));
  }
}
