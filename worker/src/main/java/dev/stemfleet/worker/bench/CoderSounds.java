package dev.stemfleet.worker.bench;

import static dev.stemfleet.worker.bench.CoderSound.middle;
import static dev.stemfleet.worker.bench.CoderSound.sum;

import java.util.List;
import java.util.Random;

/// What coders are tried with: what is hard for them, each alone, and the parts of a song, most of
/// them nearly mono as separated stems are. The same every time.
final class CoderSounds {
  private static final double TURN = 2 * Math.PI;
  private static final long SEED = 20;
  private static final double BEAT_SECONDS = 0.42;

  private final double seconds;
  private final Random random = new Random(SEED);

  private CoderSounds(double seconds) {
    this.seconds = seconds;
  }

  /// All sounds, each of this length.
  static List<CoderSound> of(double seconds) {
    return new CoderSounds(seconds).all();
  }

  private List<CoderSound> all() {
    CoderSound voice = voice();
    CoderSound bass = bass();
    CoderSound drums = drums();
    CoderSound wide = wide();
    CoderSound mix = sum("mix", voice, bass, drums, wide);
    return List.of(
        tone("tone_100", 100, 0.7),
        tone("tone_1000", 1000, 0.25),
        tone("tone_8000_soft", 8000, 0.03),
        middle("sweep", seconds, this::sweep),
        castanets("castanets", 0.8),
        castanets("castanets_sides", 0),
        CoderSound.of("noise", seconds, at -> 0.16 * noise(), at -> 0.16 * noise()),
        voice,
        bass,
        drums,
        wide,
        mix,
        mix.with("mix_nearly_mono", 1, 0.01),
        mix.with("mix_mono", 1, 0),
        mix.with("mix_quiet", 0.005, 0.005));
  }

  private CoderSound tone(String name, double hertz, double amplitude) {
    return middle(name, seconds, at -> amplitude * Math.sin(TURN * hertz * at));
  }

  /// From 40 Hz to 16 kHz, as many octaves in any second.
  private double sweep(double at) {
    double rate = Math.log(16_000.0 / 40) / seconds;
    return 0.5 * Math.sin(TURN * 40 * (Math.exp(rate * at) - 1) / rate);
  }

  /// Wooden strokes over silence, from side to side.
  ///
  /// @param middle 1 = in the middle, 0 = hard left and right in turn
  private CoderSound castanets(String name, double middle) {
    double every = 0.171;
    CoderSound.Wave stroke =
        at -> {
          double since = at % every;
          double wood = Math.sin(TURN * 2300 * since) + 0.6 * Math.sin(TURN * 3900 * since);
          return 0.3 * (wood + noise()) * Math.exp(-since * 190);
        };
    CoderSound strokes = middle(name, seconds, stroke);
    for (int i = 0; i < strokes.samples(); i++) {
      boolean atLeft = (int) (i / 44_100.0 / every) % 2 == 0;
      (atLeft ? strokes.right() : strokes.left())[i] *= (float) middle;
    }
    return strokes;
  }

  /// A sung line with vibrato and three formants, and a little room at the sides.
  private CoderSound voice() {
    double[] notes = {220, 247, 262, 330, 294, 262, 196, 247};
    CoderSound.Wave sung =
        at -> {
          double note = notes[(int) (at / (2 * BEAT_SECONDS)) % notes.length];
          double since = at % (2 * BEAT_SECONDS);
          double phase = note * at + 0.35 * Math.sin(TURN * 5.3 * at);
          double sum = 0;
          for (int k = 1; k * note < 9000; k++) {
            double f = k * note;
            double formants =
                peak(f, 650, 150) + 0.6 * peak(f, 1150, 220) + 0.3 * peak(f, 2900, 500);
            sum += (formants + 0.02) / Math.sqrt(k) * Math.sin(TURN * k * phase);
          }
          double swell = Math.min(1, 20 * since) * Math.exp(-1.2 * since);
          return 0.22 * swell * (sum + 0.03 * noise());
        };
    return sum("voice", middle("voice", seconds, sung), room(0.0015));
  }

  private static double peak(double hertz, double centre, double width) {
    double x = (hertz - centre) / width;
    return 1 / (1 + x * x);
  }

  private CoderSound room(double amplitude) {
    return CoderSound.of("room", seconds, at -> amplitude * noise(), at -> amplitude * noise());
  }

  /// Plucked low notes, exactly in the middle.
  private CoderSound bass() {
    double[] notes = {55, 55, 65.4, 49, 55, 73.4};
    return middle(
        "bass",
        seconds,
        at -> {
          double note = notes[(int) (at / BEAT_SECONDS) % notes.length];
          double since = at % BEAT_SECONDS;
          double sum = 0;
          for (int k = 1; k <= 24; k++) {
            sum += Math.exp(-since * k * 1.7) / k * Math.sin(TURN * k * note * since);
          }
          return 0.3 * Math.min(1, 400 * since) * sum;
        });
  }

  /// Bass drum and snare in the middle, a hat on one side.
  private CoderSound drums() {
    CoderSound.Wave skins =
        at -> {
          double since = at % (2 * BEAT_SECONDS);
          double kick = Math.sin(TURN * (48 * since + 1.2 * (1 - Math.exp(-since * 45))));
          double late = Math.max(0, since - BEAT_SECONDS);
          double snare =
              since < BEAT_SECONDS ? 0 : 0.5 * noise() + 0.4 * Math.sin(TURN * 185 * late);
          return 0.55 * kick * Math.exp(-since * 9) + 0.5 * snare * Math.exp(-late * 22);
        };
    double[] before = new double[1];
    CoderSound.Wave hat =
        at -> {
          double now = noise();
          double bright = now - before[0];
          before[0] = now;
          return 0.06 * bright * Math.exp(-(at % (BEAT_SECONDS / 2)) * 45);
        };
    CoderSound hats = CoderSound.of("hats", seconds, hat, at -> 0);
    for (int i = 0; i < hats.samples(); i++) {
      hats.right()[i] = 0.45f * hats.left()[i];
    }
    return sum("drums", middle("skins", seconds, skins), hats);
  }

  /// Chords of detuned saws, other on each side and partly of opposite phase.
  private CoderSound wide() {
    return CoderSound.of(
        "wide", seconds, at -> chord(at, 1.0), at -> -0.4 * chord(at, 1.0) + chord(at, 1.004));
  }

  private static double chord(double at, double tuning) {
    double[] roots = {220, 174.6, 261.6, 196};
    double root = tuning * roots[(int) (at / (4 * BEAT_SECONDS)) % roots.length];
    double sum = 0;
    for (double interval : new double[] {1, 1.2599, 1.4983}) {
      for (int k = 1; k <= 12; k++) {
        sum += Math.sin(TURN * k * root * interval * at + interval) / k;
      }
    }
    return 0.045 * sum;
  }

  /// Evenly distributed from -1 to 1.
  private double noise() {
    return 2 * random.nextDouble() - 1;
  }
}
