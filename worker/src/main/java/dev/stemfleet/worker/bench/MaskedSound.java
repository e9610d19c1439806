package dev.stemfleet.worker.bench;

import java.util.ArrayList;
import java.util.List;

/// Stereo sound, and how much noise it hides: what coded sound is compared with.
///
/// The noise is the difference of the samples. It is heard in four views: left, right, middle (L +
/// R) / 2 and side (L - R) / 2. Noise at the side of sound in the middle, or the other way round,
/// is unmasked by hearing with two ears: there the greater of the view's own mask and the other's
/// times [EarModel#unmasked] holds.
///
/// The arrays are not copied. Confined to one thread at a time.
final class MaskedSound {
  private static final double LEAST_RATIO = 1e-10;
  private static final double WORST_SHARE = 0.99;
  private static final int MIDDLE = 2;
  private static final int SIDE = 3;

  private final float[] left;
  private final float[] right;
  private final List<double[][]> masks = new ArrayList<>();
  private final Spectrum spectrum = new Spectrum();

  private MaskedSound(float[] left, float[] right) {
    this.left = left;
    this.right = right;
  }

  /// Finds what the sound hides.
  static MaskedSound of(float[] left, float[] right) {
    MaskedSound sound = new MaskedSound(left, right);
    float[][] views = views(left, right);
    EarModel[] ears = {new EarModel(), new EarModel(), new EarModel(), new EarModel()};
    double[] even = new double[Spectrum.SIZE / 2];
    double[] odd = new double[Spectrum.SIZE / 2];
    for (int from = 0; from + Spectrum.SIZE <= left.length; from += EarModel.HOP) {
      double[][] mask = new double[views.length][EarModel.BANDS];
      for (int view = 0; view < views.length; view += 2) {
        sound.spectrum.powers(views[view], views[view + 1], from, even, odd);
        ears[view].mask(even, mask[view]);
        ears[view + 1].mask(odd, mask[view + 1]);
      }
      share(mask[MIDDLE], mask[SIDE]);
      sound.masks.add(mask);
    }
    return sound;
  }

  private static float[][] views(float[] left, float[] right) {
    float[] middle = new float[left.length];
    float[] side = new float[left.length];
    for (int i = 0; i < left.length; i++) {
      middle[i] = (left[i] + right[i]) / 2;
      side[i] = (left[i] - right[i]) / 2;
    }
    return new float[][] {left, right, middle, side};
  }

  private static void share(double[] middle, double[] side) {
    for (int band = 0; band < EarModel.BANDS; band++) {
      double unmasked = EarModel.unmasked(band);
      double own = middle[band];
      middle[band] = Math.max(own, unmasked * side[band]);
      side[band] = Math.max(side[band], unmasked * own);
    }
  }

  /// Compares the sound with what a coding made of it, of the same length and aligned.
  CoderQuality compared(float[] codedLeft, float[] codedRight) {
    float[] leftNoise = difference(codedLeft, left);
    float[] rightNoise = difference(codedRight, right);
    float[][] views = views(leftNoise, rightNoise);
    double[] even = new double[Spectrum.SIZE / 2];
    double[] odd = new double[Spectrum.SIZE / 2];
    double[] means = new double[masks.size() * views.length];
    double[] worst = new double[masks.size() * views.length];
    for (int window = 0; window < masks.size(); window++) {
      for (int view = 0; view < views.length; view += 2) {
        spectrum.powers(views[view], views[view + 1], window * EarModel.HOP, even, odd);
        int at = window * views.length + view;
        judge(even, masks.get(window)[view], at, means, worst);
        judge(odd, masks.get(window)[view + 1], at + 1, means, worst);
      }
    }
    java.util.Arrays.sort(worst);
    return new CoderQuality(
        java.util.Arrays.stream(means).average().orElse(Double.NaN),
        worst[(int) Math.ceil(WORST_SHARE * worst.length) - 1],
        Noise.snrDb(left, right, leftNoise, rightNoise),
        Noise.preEchoDb(left, right, leftNoise, rightNoise));
  }

  private static float[] difference(float[] coded, float[] original) {
    if (coded.length != original.length) {
      throw new IllegalArgumentException(coded.length + " samples of " + original.length);
    }
    float[] difference = new float[original.length];
    for (int i = 0; i < original.length; i++) {
      difference[i] = coded[i] - original[i];
    }
    return difference;
  }

  private static void judge(
      double[] powers, double[] mask, int at, double[] means, double[] worst) {
    double[] noise = new double[EarModel.BANDS];
    EarModel.bands(powers, noise);
    double sum = 0;
    double highest = 0;
    for (int band = 0; band < EarModel.BANDS; band++) {
      double ratio = noise[band] / mask[band];
      sum += ratio;
      highest = Math.max(highest, ratio);
    }
    means[at] = 10 * Math.log10(Math.max(LEAST_RATIO, sum / EarModel.BANDS));
    worst[at] = 10 * Math.log10(Math.max(LEAST_RATIO, highest));
  }
}
