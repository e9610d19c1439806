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
/// serves all threads and is owned by the worker; it keeps the last encoded pictures. Each call
/// writes its own file on the caller's thread.
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

  /// Writes one video. A file at `out` is replaced; after a failure there is none.
  ///
  /// @param frame opaque, with even sides
  /// @param sound AAC in an M4A file; its coded sound is copied
  /// @param framesPerSecond 1…120
  /// @throws dev.stemfleet.common.failure.JobException `DISK_FULL` or `OUTPUT_UNWRITABLE` naming
  ///   the path; `SOURCE_UNREACHABLE` if the sound's file cannot be read
  public VideoFacts write(
      Picture frame,
      EncodedAudio sound,
      VideoTags tags,
      int framesPerSecond,
      Path out,
      Progress progress) {
    StillCoder.StillGroup still =
        pictures.group(settings.of(frame.width(), frame.height(), framesPerSecond), frame);
    Shown shown = new Shown(still.group(), frame.width(), frame.height(), framesPerSecond);
    return write(shown, still.repeated(), sound, tags, out, progress);
  }

  /// Writes one video that shows a moving picture again and again, as [#write] does with a frame.
  ///
  /// @throws dev.stemfleet.common.failure.JobException also what drawing the frames throws
  public VideoFacts write(
      MovingPicture moving,
      EncodedAudio sound,
      VideoTags tags,
      int framesPerSecond,
      Path out,
      Progress progress) {
    int width = moving.width();
    int height = moving.height();
    CodedGroup group =
        loops.group(CoderSettings.ofLoop(coder, width, height, framesPerSecond), moving);
    Shown shown = new Shown(group, width, height, framesPerSecond);
    return write(shown, true, sound, tags, out, progress);
  }

  /// What is repeated until the sound ends.
  private record Shown(CodedGroup group, int width, int height, int framesPerSecond) {
    PictureTrack during(EncodedAudio sound) {
      long frames =
          Math.max(1, Math.ceilDiv(sound.samples() * framesPerSecond, sound.sampleRateHz()));
      return new PictureTrack(group, width, height, framesPerSecond, frames);
    }
  }

  private VideoFacts write(
      Shown shown,
      boolean repeated,
      EncodedAudio sound,
      VideoTags tags,
      Path out,
      Progress progress) {
    SoundTrack track = SoundTrack.open(sound);
    PictureTrack pictureTrack = shown.during(sound);
    MovieWriter.Written written = new MovieWriter(pictureTrack, track, tags).write(out, progress);
    return new VideoFacts(
        pictureTrack.frames(),
        shown.framesPerSecond(),
        pictureTrack.seconds(),
        coder.key(),
        repeated,
        written.bytes(),
        written.sha256());
  }
}
