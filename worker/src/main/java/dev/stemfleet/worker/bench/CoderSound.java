package dev.stemfleet.worker.bench;

import dev.stemfleet.worker.audio.Sound;

/// A computed sound that coders are tried with; 44.1 kHz stereo. The arrays are not copied: read
/// only once made.
final class CoderSound {
  private final String name;
  private final float[] left;
  private final float[] right;

  CoderSound(String name, float[] left, float[] right) {
    this.name = name;
    this.left = left;
    this.right = right;
  }

  String name() {
    return name;
  }

  float[] left() {
    return left;
  }

  float[] right() {
    return right;
  }

  /// What one sample of both channels is made of.
  @FunctionalInterface
  interface Wave {
    /// @param seconds since the begin
    double at(double seconds);
  }

  static CoderSound of(String name, double seconds, Wave left, Wave right) {
    int samples = (int) Sound.samples(seconds);
    CoderSound sound = new CoderSound(name, new float[samples], new float[samples]);
    for (int i = 0; i < samples; i++) {
      sound.left[i] = (float) left.at(Sound.seconds(i));
      sound.right[i] = (float) right.at(Sound.seconds(i));
    }
    return sound;
  }

  /// The same on both sides.
  static CoderSound middle(String name, double seconds, Wave wave) {
    CoderSound sound = of(name, seconds, wave, at -> 0);
    return new CoderSound(name, sound.left, sound.left.clone());
  }

  /// Sounds of the same length added up.
  static CoderSound sum(String name, CoderSound... sounds) {
    CoderSound sum =
        new CoderSound(name, new float[sounds[0].samples()], new float[sounds[0].samples()]);
    for (CoderSound sound : sounds) {
      for (int i = 0; i < sum.left.length; i++) {
        sum.left[i] += sound.left[i];
        sum.right[i] += sound.right[i];
      }
    }
    return sum;
  }

  /// This sound with its middle and its side louder or softer.
  CoderSound with(String newName, double middleFactor, double sideFactor) {
    CoderSound result = new CoderSound(newName, left.clone(), right.clone());
    for (int i = 0; i < left.length; i++) {
      double middle = middleFactor * (left[i] + right[i]) / 2;
      double side = sideFactor * (left[i] - right[i]) / 2;
      result.left[i] = (float) (middle + side);
      result.right[i] = (float) (middle - side);
    }
    return result;
  }

  int samples() {
    return left.length;
  }

  double seconds() {
    return Sound.seconds(left.length);
  }
}
