package dev.stemfleet.worker.render;

/// How pictures and sound take turns in the file: one second of pictures, then the sound of that
/// second. Immutable.
final class Chunks {
  private final PictureTrack pictures;
  private final SoundTrack sound;
  private final int[] firstPackets;
  private final long[] pictureOffsets;
  private final long[] soundOffsets;
  private final long end;

  /// @param start of the first chunk in the file
  Chunks(PictureTrack pictures, SoundTrack sound, long start) {
    this.pictures = pictures;
    this.sound = sound;
    int count = Math.toIntExact(Math.ceilDiv(pictures.frames(), pictures.framesPerSecond()));
    firstPackets = new int[count + 1];
    pictureOffsets = new long[count];
    soundOffsets = new long[count];
    long at = start;
    for (int chunk = 0; chunk < count; chunk++) {
      pictureOffsets[chunk] = at;
      for (long frame = firstFrame(chunk); frame < firstFrame(chunk + 1); frame++) {
        at += pictures.sample(frame).length;
      }
      soundOffsets[chunk] = at;
      firstPackets[chunk + 1] = chunk + 1 == count ? sound.packets() : packetsUntil(chunk + 1);
      for (int packet = firstPackets[chunk]; packet < firstPackets[chunk + 1]; packet++) {
        at += sound.size(packet);
      }
    }
    end = at;
  }

  private int packetsUntil(int second) {
    long samples = (long) second * sound.audio().sampleRateHz() + sound.audio().primingSamples();
    return (int) Math.min(sound.packets(), Math.ceilDiv(samples, SoundTrack.PACKET_SAMPLES));
  }

  int count() {
    return pictureOffsets.length;
  }

  long firstFrame(int chunk) {
    return Math.min(pictures.frames(), (long) chunk * pictures.framesPerSecond());
  }

  int firstPacket(int chunk) {
    return firstPackets[chunk];
  }

  /// Where each second's pictures lie in the file.
  long[] pictureOffsets() {
    return pictureOffsets;
  }

  /// Where each second's sound lies in the file.
  long[] soundOffsets() {
    return soundOffsets;
  }

  /// The file's length.
  long end() {
    return end;
  }
}
