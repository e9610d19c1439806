package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Picture;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.media.Ffmpeg;
import java.nio.file.Path;

/// Writes videos that show one frame, or a loop of frames, for as long as the sound lasts: H.264
/// and AAC in MP4, constant frame rate, an intra picture at least every ten seconds, index first.
///
/// What is shown is encoded once and repeated; nothing is encoded per second of sound. One object
/// serves all threads and is owned by the worker; it keeps what it coded last, and does not code
/// again what a frame has in common with another. Each call writes its own file on the caller's
/// thread.
public final class StillVideo {
  private final VideoCoder coder;
  private final SettingsChoice settings;
  private final StillCoder pictures = new StillCoder();
  private final LoopCoder loops = new LoopCoder(Runtime.getRuntime().maxMemory());

  private StillVideo(VideoCoder coder, SettingsChoice settings) {
    this.coder = coder;
    this.settings = settings;
  }

  /// Picks the encoder's settings for a size and rate.
  @FunctionalInterface
  interface SettingsChoice {
    CoderSettings of(int width, int height, int framesPerSecond);
  }

  /// Picks the best encoder of this FFmpeg: libx264, else libopenh264.
  ///
  /// @throws IllegalStateException if there is neither
  public static StillVideo open() {
    Ffmpeg.ready();
    VideoCoder best = VideoCoder.best();
    return with(best, (width, height, rate) -> CoderSettings.of(best, width, height, rate));
  }

  static StillVideo with(VideoCoder coder, SettingsChoice settings) {
    return new StillVideo(coder, settings);
  }

  /// The encoder of the pictures, for example `libx264`.
  public String encoder() {
    return coder.key();
  }

  /// Makes ready for videos of this size and rate, so that the first one is as fast as the others.
  public void prepare(int width, int height, int framesPerSecond) {
    var _ = pictures.tail(settings.of(width, height, framesPerSecond));
  }

  /// Encodes a frame ahead of its video.
  ///
  /// @param frame opaque, with even sides
  /// @param framesPerSecond 1…120
  public CodedPictures still(Picture frame, int framesPerSecond) {
    CoderSettings chosen = settings.of(frame.width(), frame.height(), framesPerSecond);
    StillCoder.StillGroup coded = pictures.group(chosen, frame);
    return new CodedPictures(coded.group(), coded.repeated(), chosen);
  }

  /// Encodes a loop ahead of its video.
  ///
  /// @param framesPerSecond 1…120
  /// @throws dev.stemfleet.common.failure.JobException also what drawing the frames throws
  public CodedPictures loop(MovingPicture moving, int framesPerSecond) {
    CoderSettings chosen =
        CoderSettings.ofLoop(coder, moving.width(), moving.height(), framesPerSecond);
    return new CodedPictures(loops.group(chosen, moving), true, chosen);
  }

  /// Writes one video. A file at `out` is replaced; after a failure there is none.
  ///
  /// @param sound AAC in an M4A file; its coded sound is copied
  /// @throws dev.stemfleet.common.failure.JobException `DISK_FULL` or `OUTPUT_UNWRITABLE` naming
  ///   the path; `SOURCE_UNREACHABLE` if the sound's file cannot be read
  public VideoFacts write(
      CodedPictures shown, EncodedAudio sound, VideoTags tags, Path out, Progress progress) {
    SoundTrack track = SoundTrack.open(sound);
    int framesPerSecond = shown.framesPerSecond();
    long frames =
        Math.max(1, Math.ceilDiv(sound.samples() * framesPerSecond, sound.sampleRateHz()));
    PictureTrack pictureTrack = shown.shownFor(frames);
    MovieWriter.Written written = new MovieWriter(pictureTrack, track, tags).write(out, progress);
    return new VideoFacts(
        frames,
        framesPerSecond,
        pictureTrack.seconds(),
        coder.key(),
        shown.repeated(),
        written.bytes(),
        written.sha256());
  }

  /// Writes one video of a frame that was not encoded yet, else like the other.
  public VideoFacts write(
      Picture frame,
      EncodedAudio sound,
      VideoTags tags,
      int framesPerSecond,
      Path out,
      Progress progress) {
    return write(still(frame, framesPerSecond), sound, tags, out, progress);
  }
}
