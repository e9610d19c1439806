package dev.stemfleet.dispatcher.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A song of 24 s with drums, bass, chords and a singing voice, made for trying things out: 12 bars
/// at 120 BPM in A minor. The same bytes on every machine.
public final class DemoSong {
  public static final String ARTIST = "Stemfleet";
  public static final String TITLE = "Morning Tape";
  public static final double BPM = 120;
  public static final String KEY = "Am";
  public static final String GENRE = "House";

  private static final int BARS = 12;
  private static final double BEAT = 60 / BPM;
  private static final double BAR = 4 * BEAT;
  private static final double PEAK = 0.7;
  private static final int BYTES_PER_FRAME = 4;
  private static final int HEADER_BYTES = 44;
  private static final int RIFF_SIZE_AT = 4;

  /// Am F C G as MIDI notes, the lowest for the bass.
  private static final int[][] CHORDS = {
    {45, 57, 60, 64}, {41, 57, 60, 65}, {48, 55, 60, 64}, {43, 55, 59, 62}
  };

  /// The tune: beat within four bars, length in beats, MIDI note.
  private static final double[][] TUNE = {
    {0, 1.5, 69}, {1.5, 0.5, 72}, {2, 2, 71}, {4, 1, 69}, {5, 1, 67}, {6, 2, 65},
    {8, 1.5, 67}, {9.5, 0.5, 69}, {10, 2, 72}, {12, 1, 71}, {13, 1, 69}, {14, 2, 67}
  };

  private final float[] left = new float[(int) (BARS * BAR * Tones.SAMPLE_RATE_HZ)];
  private final float[] right = new float[left.length];

  private final int semitones;

  /// @param semitones how much higher than it was composed
  private DemoSong(int semitones) {
    this.semitones = semitones;
  }

  /// Writes the song, unless it is there already. Two who write at once do no harm.
  ///
  /// @return a WAV file, 44.1 kHz, 16 bit, stereo
  public static Path in(Path folder) throws IOException {
    Path file = folder.resolve("morning-tape.wav");
    long bytes = HEADER_BYTES + (long) BYTES_PER_FRAME * new DemoSong(0).left.length;
    if (!Files.exists(file) || Files.size(file) != bytes) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "morning-tape", ".part");
      Files.write(part, wav());
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  /// Writes a song that is another track than the demo's: the same one, higher, with a title and an
  /// artist in its file.
  ///
  /// @param semitones how much higher, 1 to 24
  public static void writeHigher(Path file, int semitones) throws IOException {
    byte[] song = wav(semitones);
    byte[] tags = WavTags.chunk("Morning Tape, Take " + (semitones + 1), ARTIST);
    ByteBuffer whole =
        ByteBuffer.allocate(song.length + tags.length).order(ByteOrder.LITTLE_ENDIAN);
    whole.put(song).put(tags).putInt(RIFF_SIZE_AT, whole.capacity() - RIFF_SIZE_AT - Integer.BYTES);
    Files.write(file, whole.array());
  }

  /// The file's bytes.
  static byte[] wav() {
    return wav(0);
  }

  private static byte[] wav(int semitones) {
    DemoSong song = new DemoSong(semitones);
    song.play(new Tones(song.left, song.right));
    return song.encoded();
  }

  private void play(Tones tones) {
    for (int bar = 0; bar < BARS; bar++) {
      double start = bar * BAR;
      int[] chord = CHORDS[bar % CHORDS.length];
      for (int i = 1; i < chord.length; i++) {
        tones.pad(start, BAR, hz(chord[i]));
      }
      if (bar >= 1) {
        bass(tones, start, chord[0]);
      }
      if (bar >= 2) {
        drums(tones, start);
      }
    }
    for (int first = 4; first < BARS; first += 4) {
      for (double[] note : TUNE) {
        tones.voice(first * BAR + note[0] * BEAT, note[1] * BEAT * 0.95, hz((int) note[2]));
      }
    }
  }

  private void bass(Tones tones, double start, int root) {
    for (double beat : new double[] {0, 0.75, 1.5, 2.5, 3.25}) {
      tones.bass(start + beat * BEAT, BEAT * 0.6, hz(root - 12));
    }
  }

  private static void drums(Tones tones, double start) {
    for (int beat = 0; beat < 4; beat++) {
      tones.kick(start + beat * BEAT);
      tones.hat(start + (beat + 0.5) * BEAT, 1);
      tones.hat(start + (beat + 0.75) * BEAT, 0.5);
    }
    tones.snare(start + BEAT);
    tones.snare(start + 3 * BEAT);
  }

  /// Equal temperament, A4 (MIDI 69) at 440 Hz.
  private double hz(int midi) {
    return 440 * StrictMath.pow(2, (midi + semitones - 69) / 12.0);
  }

  /// RIFF/WAVE with one PCM format chunk (Microsoft and IBM, 1991).
  private byte[] encoded() {
    float peak = 0;
    for (int i = 0; i < left.length; i++) {
      peak = Math.max(peak, Math.max(Math.abs(left[i]), Math.abs(right[i])));
    }
    int data = left.length * BYTES_PER_FRAME;
    ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + data).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER_BYTES - 8 + data);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 2).putInt(Tones.SAMPLE_RATE_HZ);
    wav.putInt(Tones.SAMPLE_RATE_HZ * BYTES_PER_FRAME).putShort((short) BYTES_PER_FRAME);
    wav.putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(data);
    for (int i = 0; i < left.length; i++) {
      wav.putShort(sample(left[i], peak)).putShort(sample(right[i], peak));
    }
    return wav.array();
  }

  private static short sample(float value, float peak) {
    return (short) Math.round(value / peak * PEAK * Short.MAX_VALUE);
  }
}
