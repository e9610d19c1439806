package dev.stemfleet.worker.bench;

import java.util.SplittableRandom;

/// Plays dense music without end: drums, a bass, chords, and a voice that glides from vowel to
/// vowel. One thread; the same calls give the same sound.
final class BenchBand {
  private static final int VOICE = 0;
  private static final int DRUMS = 1;
  private static final int BASS = 2;
  private static final int MELODY = 3;
  private static final int MUSIC = 4;

  private static final int RATE_HZ = BenchStems.RATE_HZ;
  private static final int BEAT = RATE_HZ * 60 / 124;
  private static final int[] ROOTS = {45, 41, 48, 43};
  private static final int[] CHORD = {12, 16, 19, 23, 24};
  private static final int[] TUNE = {24, 26, 28, 31, 33, 31, 28, 26};
  private static final int SAW_PARTS = 40;
  private static final int VOICE_PARTS = 26;

  private static final int TABLE = 4096;
  private static final float[] SINE = table(1, 0);

  /// Shares of the left channel per voice of a chord.
  private static final float[] PAN = {0.2f, 0.8f, 0.35f, 0.65f, 0.5f};

  private final SplittableRandom random = new SplittableRandom(20_260_507);
  private final float[] saw = table(SAW_PARTS, 0);
  private final float[] vowel = table(VOICE_PARTS, 3);
  private final double[] chordPhases = new double[CHORD.length];
  private double bassPhase;
  private double voicePhase;
  private double kickPhase;
  private float dull;
  private long now;

  /// The next so many samples: every stem in the order of [BenchStems#STEMS], two channels each.
  float[][][] play(int count) {
    float[][][] stems = new float[BenchStems.STEMS.size()][2][count];
    for (int i = 0; i < count; i++, now++) {
      int root = ROOTS[(int) (now / (4L * BEAT) % ROOTS.length)];
      float voice = voice(root);
      put(stems[VOICE], i, voice, 0.9f * voice);
      float drums = drums();
      put(stems[DRUMS], i, drums + hat(), drums + hat());
      float bass = bass(root);
      put(stems[BASS], i, bass, bass);
      melody(stems[MELODY], i, root);
      for (int channel = 0; channel < 2; channel++) {
        stems[MUSIC][channel][i] =
            stems[DRUMS][channel][i] + stems[BASS][channel][i] + stems[MELODY][channel][i];
      }
    }
    return stems;
  }

  private static void put(float[][] stem, int i, float left, float right) {
    stem[0][i] = left;
    stem[1][i] = right;
  }

  /// A kick on every beat, a snare on every second.
  private float drums() {
    int since = (int) (now % BEAT);
    double seconds = (double) since / RATE_HZ;
    kickPhase = since == 0 ? 0 : kickPhase + (48 + 160 * Math.exp(-30 * seconds)) / RATE_HZ;
    float kick = 0.28f * (float) Math.exp(-7 * seconds) * at(SINE, kickPhase);
    boolean off = now / BEAT % 2 == 1;
    return off ? kick + 0.12f * (float) Math.exp(-14 * seconds) * noise() : kick;
  }

  private float hat() {
    double seconds = (double) (now % (BEAT / 2)) / RATE_HZ;
    return 0.05f * (float) Math.exp(-35 * seconds) * noise();
  }

  private float bass(int root) {
    bassPhase += pitch(root - 12) / RATE_HZ;
    dull += 0.08f * (at(saw, bassPhase) - dull);
    double seconds = (double) (now % (BEAT / 2)) / RATE_HZ;
    return 0.2f * dull * (float) Math.exp(-3 * seconds);
  }

  private void melody(float[][] into, int i, int root) {
    float swell = 0.6f + 0.4f * at(SINE, now / (2.0 * BEAT));
    for (int voice = 0; voice < CHORD.length; voice++) {
      chordPhases[voice] += pitch(root + CHORD[voice] + 0.04 * voice) / RATE_HZ;
      float value = 0.045f * swell * at(saw, chordPhases[voice]);
      into[0][i] += PAN[voice] * value;
      into[1][i] += (1 - PAN[voice]) * value;
    }
  }

  private float voice(int root) {
    int note = TUNE[(int) (now / BEAT % TUNE.length)];
    double seconds = (double) (now % BEAT) / RATE_HZ;
    double vibrato = 0.3 * at(SINE, 5.5 * now / RATE_HZ);
    voicePhase += pitch(root + note - 12 + vibrato) / RATE_HZ;
    float open = (float) Math.min(1, 20 * seconds);
    return open * (0.16f * at(vowel, voicePhase) + 0.012f * noise());
  }

  private float noise() {
    return (float) random.nextDouble(-1, 1);
  }

  private static double pitch(double midi) {
    return 440 * Math.pow(2, (midi - 69) / 12);
  }

  private static float at(float[] table, double phase) {
    return table[(int) (phase * TABLE) & TABLE - 1];
  }

  /// One period: partials that fall with their number, one of them raised as a formant does.
  private static float[] table(int parts, int formant) {
    float[] table = new float[TABLE];
    for (int part = 1; part <= parts; part++) {
      double raised = formant == 0 ? 0 : 0.8 / (1 + Math.pow(part - formant, 2));
      for (int i = 0; i < TABLE; i++) {
        double angle = 2 * Math.PI * part * i / TABLE;
        table[i] += (float) ((0.6 / part + raised / parts) * Math.sin(angle));
      }
    }
    return table;
  }
}
