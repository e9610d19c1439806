package dev.stemfleet.worker.render;

import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes an MP4 file in one pass: every size is known before the first byte, so the index can come
/// first ("faststart"). One thread per file.
final class MovieWriter {
  private static final long LARGEST_SHORT_OFFSET = 0xFFFFFFFFL;
  private static final int LONG_BOX_HEADER_BYTES = 16;

  private final PictureTrack pictures;
  private final SoundTrack sound;
  private final VideoTags tags;

  MovieWriter(PictureTrack pictures, SoundTrack sound, VideoTags tags) {
    this.pictures = pictures;
    this.sound = sound;
    this.tags = tags;
  }

  /// What was written.
  record Written(long bytes, String sha256) {}

  Written write(Path out, Progress progress) {
    MovieIndex index = new MovieIndex(pictures, sound, tags);
    byte[] fileType = MovieIndex.fileType();
    Chunks relative = new Chunks(pictures, sound, 0);
    boolean longOffsets = isLong(fileType, index.movie(relative, true), relative);
    int indexBytes = index.movie(relative, longOffsets).length;
    long start = (long) fileType.length + indexBytes + LONG_BOX_HEADER_BYTES;
    Chunks chunks = new Chunks(pictures, sound, start);
    try (VideoFile file = VideoFile.create(out);
        FileChannel source = openSound()) {
      file.write(fileType);
      file.write(index.movie(chunks, longOffsets));
      file.write(mediaHeader(chunks.end() - start));
      for (int chunk = 0; chunk < chunks.count(); chunk++) {
        writeChunk(file, source, chunks, chunk);
        progress.at((chunk + 1.0) / chunks.count());
      }
      return new Written(chunks.end(), file.finish());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static boolean isLong(byte[] fileType, byte[] largestIndex, Chunks relative) {
    long end = fileType.length + largestIndex.length + LONG_BOX_HEADER_BYTES + relative.end();
    return end > LARGEST_SHORT_OFFSET;
  }

  private static byte[] mediaHeader(long mediaBytes) {
    return new BoxWriter().u32(1).text("mdat").u64(mediaBytes + LONG_BOX_HEADER_BYTES).bytes();
  }

  private void writeChunk(VideoFile file, FileChannel source, Chunks chunks, int chunk) {
    for (long frame = chunks.firstFrame(chunk); frame < chunks.firstFrame(chunk + 1); frame++) {
      file.write(pictures.sample(frame));
    }
    int packet = chunks.firstPacket(chunk);
    int end = chunks.firstPacket(chunk + 1);
    while (packet < end) {
      // Packets that lie side by side are copied at once.
      long from = sound.position(packet);
      long to = from;
      while (packet < end && sound.position(packet) == to) {
        to += sound.size(packet++);
      }
      file.copy(source, sound.audio().file(), from, to - from);
    }
  }

  private FileChannel openSound() {
    try {
      return FileChannel.open(sound.audio().file(), StandardOpenOption.READ);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private JobException unreadable(IOException e) {
    return new JobException(
        FailureCode.SOURCE_UNREACHABLE, "cannot read " + sound.audio().file(), e);
  }
}
