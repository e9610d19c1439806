package dev.stemfleet.worker.speech.demonstration;

import dev.stemfleet.worker.speech.demonstration.Phone.Kind;
import dev.stemfleet.worker.speech.demonstration.Reading.Spoken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// What the throat is to do, every few milliseconds: phones with their time, the ways between them,
/// and the rise and fall of the voice. Not changed once it is made; one thread.
final class Melody {
  static final int FRAMES_PER_SECOND = 200;

  /// What can be told of each moment.
  enum Track {
    PITCH,
    FIRST,
    SECOND,
    THIRD,
    VOICE,
    BREATH,
    NOISE,
    NOISE_HZ,
    NOISE_BANDWIDTH
  }

  private static final int MILLISECONDS_PER_FRAME = 1000 / FRAMES_PER_SECOND;
  private static final double DECLINE = 0.22;
  private static final double ACCENT = 0.16;
  private static final double CLOSED_PART = 0.62;

  /// How many frames a change takes; the tongue is slower than the vocal cords.
  private static final int TONGUE = 9;

  private static final int LEVEL = 3;
  private static final int TUNE = 21;

  private final Map<Track, double[]> tracks = new EnumMap<>(Track.class);
  private int frames;

  private Melody(int room) {
    for (Track track : Track.values()) {
      tracks.put(track, new double[room]);
    }
  }

  /// @param lively how far the voice rises and falls, 1 is usual
  /// @param freedom how much its timing wavers, 0 not at all
  static Melody of(List<Spoken> words, double lively, double freedom, Random random) {
    Melody melody = new Melody(FRAMES_PER_SECOND);
    int from = 0;
    for (int to = 1; to <= words.size(); to++) {
      if (to == words.size() || ends(words.get(to - 1))) {
        melody.sentence(words.subList(from, to), lively, freedom, random);
        from = to;
      }
    }
    melody.smooth();
    return melody;
  }

  int frames() {
    return frames;
  }

  double at(Track track, int frame) {
    return track(track)[frame];
  }

  private static boolean ends(Spoken word) {
    Phone last = word.phones().getLast();
    return last == Phone.STOP || last == Phone.QUESTION;
  }

  private void sentence(List<Spoken> words, double lively, double freedom, Random random) {
    int start = frames;
    List<int[]> accents = new ArrayList<>();
    for (Spoken word : words) {
      boolean fresh = word.stressed();
      for (Phone phone : word.phones()) {
        int from = frames;
        boolean accented = fresh && phone.kind() == Kind.VOWEL;
        add(phone, length(phone, accented, freedom, random));
        if (accented) {
          accents.add(new int[] {from, frames});
          fresh = false;
        }
      }
    }
    boolean question = words.getLast().phones().getLast() == Phone.QUESTION;
    tune(start, question, lively, accents, random);
  }

  private static int length(Phone phone, boolean accented, double freedom, Random random) {
    double waver = 1 + 0.18 * freedom * (2 * random.nextDouble() - 1);
    double length = phone.milliseconds() * waver * (accented ? 1.15 : 1);
    return Math.max(2, (int) Math.round(length / MILLISECONDS_PER_FRAME));
  }

  /// Pitch falls along a sentence, rises on accents, and at its end falls for good or asks.
  private void tune(
      int start, boolean question, double lively, List<int[]> accents, Random random) {
    double[] pitch = track(Track.PITCH);
    int length = Math.max(1, frames - start);
    for (int i = start; i < frames; i++) {
      double along = (double) (i - start) / length;
      double end = Math.max(0, (along - 0.8) / 0.2);
      pitch[i] = 1 + lively * (DECLINE * (0.5 - along) + (question ? 0.35 : -0.12) * end * end);
    }
    for (int[] accent : accents) {
      double rise = lively * ACCENT * (0.6 + 0.8 * random.nextDouble());
      for (int i = accent[0]; i < accent[1]; i++) {
        pitch[i] += rise;
      }
    }
  }

  private void add(Phone phone, int length) {
    boolean stop = phone.kind() == Kind.STOP || phone.kind() == Kind.VOICED_STOP;
    int closed = stop ? Math.max(1, (int) Math.round(length * CLOSED_PART)) : 0;
    for (int i = 0; i < length; i++) {
      reserve();
      track(Track.PITCH)[frames] = 1;
      track(Track.FIRST)[frames] = phone.resonanceHz(0);
      track(Track.SECOND)[frames] = phone.resonanceHz(1);
      track(Track.THIRD)[frames] = phone.resonanceHz(2);
      track(Track.NOISE_HZ)[frames] = phone.noise().hz();
      track(Track.NOISE_BANDWIDTH)[frames] = phone.noise().bandwidthHz();
      track(Track.VOICE)[frames] = voice(phone.kind(), i < closed);
      track(Track.BREATH)[frames] = breath(phone.kind(), i < closed);
      track(Track.NOISE)[frames] =
          i < closed ? 0 : phone.noise().amount() * fading(stop, i - closed);
      frames++;
    }
  }

  /// A burst is gone within a few frames.
  private static double fading(boolean stop, int since) {
    return stop ? 1.0 / (1 + since) : 1;
  }

  private static double voice(Kind kind, boolean closed) {
    return switch (kind) {
      case VOWEL -> 1;
      case NASAL -> 0.45;
      case GLIDE -> 0.7;
      case BUZZ -> 0.35;
      case VOICED_STOP -> closed ? 0.12 : 0.5;
      case BREATH, HISS, STOP, PAUSE -> 0;
    };
  }

  private static double breath(Kind kind, boolean closed) {
    return switch (kind) {
      case BREATH -> 0.16;
      case STOP -> closed ? 0 : 0.12;
      case VOWEL, NASAL, GLIDE, HISS, BUZZ, VOICED_STOP, PAUSE -> 0;
    };
  }

  private void smooth() {
    for (Track track : Track.values()) {
      int width =
          switch (track) {
            case PITCH -> TUNE;
            case FIRST, SECOND, THIRD -> TONGUE;
            case VOICE, BREATH, NOISE -> LEVEL;
            // They change where there is no noise.
            case NOISE_HZ, NOISE_BANDWIDTH -> 1;
          };
      tracks.put(track, smoothed(track(track), width));
    }
  }

  /// The mean over so many frames, twice, so that there are no corners.
  private double[] smoothed(double[] values, int width) {
    return mean(mean(values, width), width);
  }

  private double[] mean(double[] values, int width) {
    double[] means = new double[values.length];
    int half = width / 2;
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int j = i - half; j <= i + half; j++) {
        sum += values[Math.clamp(j, 0, frames - 1)];
      }
      means[i] = sum / (2 * half + 1);
    }
    return means;
  }

  private double[] track(Track track) {
    return Objects.requireNonNull(tracks.get(track));
  }

  private void reserve() {
    if (frames == track(Track.PITCH).length) {
      tracks.replaceAll((track, values) -> Arrays.copyOf(values, 2 * frames));
    }
  }
}
