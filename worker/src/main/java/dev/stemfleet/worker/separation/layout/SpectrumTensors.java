package dev.stemfleet.worker.separation.layout;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.worker.spectrum.Spectrum;
import java.util.List;

/// Carries stereo spectra into tensors and out of them. Used by one thread at a time.
///
/// An item is one spectrum within its tensors: the first for the first segment (and stem), and so
/// on.
interface SpectrumTensors {
  void put(List<Tensor> tensors, int item, Spectrum spectrum);

  void get(List<Tensor> tensors, int item, Spectrum spectrum);

  /// Tensors with an axis for channels.
  static SpectrumTensors of(ComplexParts parts) {
    return switch (parts) {
      case CHANNELS, PAIRS -> new Planes();
      case SPLIT -> new Split();
      case LAST, PAIRS_LAST -> new Rows(false);
      case FLAT -> new Flat();
    };
  }

  /// Inputs of RoFormers.
  static SpectrumTensors ofBands(ComplexParts parts) {
    return switch (parts) {
      case CHANNELS, PAIRS -> new Planes();
      case SPLIT -> new Split();
      case LAST -> new Rows(true);
      case PAIRS_LAST -> new Rows(false);
      case FLAT -> new Flat();
    };
  }

  /// Outputs of RoFormers; also of other networks whose inputs are flat.
  static SpectrumTensors ofStemBands(ComplexParts parts) {
    return switch (parts) {
      case CHANNELS, PAIRS -> new Planes();
      case SPLIT -> new Split();
      case LAST, FLAT -> new Rows(true);
      case PAIRS_LAST -> new Rows(false);
    };
  }

  /// `[…, channel, part, F, T]`, whether channel and part are one axis or two.
  final class Planes implements SpectrumTensors {
    @Override
    public void put(List<Tensor> tensors, int item, Spectrum spectrum) {
      int plane = spectrum.bins() * spectrum.frames();
      for (int i = 0; i < 4; i++) {
        tensors.getFirst().put((4 * item + i) * plane, spectrum.part(i / 2, i % 2), 0, plane);
      }
    }

    @Override
    public void get(List<Tensor> tensors, int item, Spectrum spectrum) {
      int plane = spectrum.bins() * spectrum.frames();
      for (int i = 0; i < 4; i++) {
        tensors.getFirst().get((4 * item + i) * plane, spectrum.part(i / 2, i % 2), 0, plane);
      }
    }
  }

  /// Two tensors `[…, channel, F, T]`.
  final class Split implements SpectrumTensors {
    @Override
    public void put(List<Tensor> tensors, int item, Spectrum spectrum) {
      int plane = spectrum.bins() * spectrum.frames();
      for (int i = 0; i < 4; i++) {
        int at = (2 * item + i / 2) * plane;
        tensors.get(i % 2).put(at, spectrum.part(i / 2, i % 2), 0, plane);
      }
    }

    @Override
    public void get(List<Tensor> tensors, int item, Spectrum spectrum) {
      int plane = spectrum.bins() * spectrum.frames();
      for (int i = 0; i < 4; i++) {
        int at = (2 * item + i / 2) * plane;
        tensors.get(i % 2).get(at, spectrum.part(i / 2, i % 2), 0, plane);
      }
    }
  }

  /// Real and imaginary parts side by side: rows of T pairs, a row for each bin and channel.
  ///
  /// @param binsFirst whether both channels of a bin come before the next bin; else all bins of a
  ///   channel before the other channel
  record Rows(boolean binsFirst) implements SpectrumTensors {
    @Override
    public void put(List<Tensor> tensors, int item, Spectrum spectrum) {
      int frames = spectrum.frames();
      float[] row = new float[2 * frames];
      for (int channel = 0; channel < 2; channel++) {
        for (int bin = 0; bin < spectrum.bins(); bin++) {
          for (int frame = 0; frame < frames; frame++) {
            row[2 * frame] = spectrum.real(channel)[bin * frames + frame];
            row[2 * frame + 1] = spectrum.imaginary(channel)[bin * frames + frame];
          }
          tensors.getFirst().put(at(item, channel, bin, spectrum), row, 0, row.length);
        }
      }
    }

    @Override
    public void get(List<Tensor> tensors, int item, Spectrum spectrum) {
      int frames = spectrum.frames();
      float[] row = new float[2 * frames];
      for (int channel = 0; channel < 2; channel++) {
        for (int bin = 0; bin < spectrum.bins(); bin++) {
          tensors.getFirst().get(at(item, channel, bin, spectrum), row, 0, row.length);
          for (int frame = 0; frame < frames; frame++) {
            spectrum.real(channel)[bin * frames + frame] = row[2 * frame];
            spectrum.imaginary(channel)[bin * frames + frame] = row[2 * frame + 1];
          }
        }
      }
    }

    private int at(int item, int channel, int bin, Spectrum spectrum) {
      int row = binsFirst ? 2 * bin + channel : channel * spectrum.bins() + bin;
      return (2 * spectrum.bins() * item + row) * 2 * spectrum.frames();
    }
  }

  /// `[…, T, F · channel · part]`.
  final class Flat implements SpectrumTensors {
    @Override
    public void put(List<Tensor> tensors, int item, Spectrum spectrum) {
      int frames = spectrum.frames();
      float[] row = new float[4 * spectrum.bins()];
      for (int frame = 0; frame < frames; frame++) {
        for (int i = 0; i < row.length; i++) {
          row[i] = spectrum.part(i / 2 % 2, i % 2)[i / 4 * frames + frame];
        }
        tensors.getFirst().put((frames * item + frame) * row.length, row, 0, row.length);
      }
    }

    @Override
    public void get(List<Tensor> tensors, int item, Spectrum spectrum) {
      int frames = spectrum.frames();
      float[] row = new float[4 * spectrum.bins()];
      for (int frame = 0; frame < frames; frame++) {
        tensors.getFirst().get((frames * item + frame) * row.length, row, 0, row.length);
        for (int i = 0; i < row.length; i++) {
          spectrum.part(i / 2 % 2, i % 2)[i / 4 * frames + frame] = row[i];
        }
      }
    }
  }
}
