package dev.stemfleet.common.domain;

import java.util.List;

/// How sound gets into a network and out of it: which tensors it has, what they hold, and what
/// surrounds them. A new kind of network is a new record here; every switch over layouts then fails
/// to compile until it knows the new one.
///
/// Shapes are written in the order of the tensors' *roles*, which each record states; a network's
/// own order and names do not matter, because tensors are bound by shape. All sound is 44.1 kHz
/// stereo. Symbols: B batch, S stems, N samples of a segment, F bins, T frames.
public sealed interface ModelLayout {
  /// The word in the definition's `layout.kind` field.
  default String key() {
    return switch (this) {
      case Waveform _ -> Waveform.KEY;
      case Hybrid _ -> Hybrid.KEY;
      case MdxNet _ -> MdxNet.KEY;
      case Mdx23c _ -> Mdx23c.KEY;
      case Roformer _ -> Roformer.KEY;
      case OpenUnmix _ -> OpenUnmix.KEY;
      case Spleeter _ -> Spleeter.KEY;
    };
  }

  /// Shapes of the inputs of one of the model's networks, by role.
  ///
  /// @param batch segments per run, B
  /// @param stems that this network gives, S
  List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments);

  /// Shapes of the outputs of one of the model's networks, by role: those of the inputs unless a
  /// layout says otherwise.
  default List<TensorShape> outputs(int batch, int stems, ModelSpec.Segments segments) {
    return inputs(batch, stems, segments);
  }

  /// Whether two networks of a model, by their places among its files, hear the same input.
  default boolean sameInput(int network, int other) {
    return true;
  }

  /// Waveform in, waveforms out: `[B, 2, N]` to `[B, S, 2, N]`. Spectra, if any, are made inside
  /// the network. Several files are a bag: each gives the stems that the definition says.
  record Waveform() implements ModelLayout {
    public static final String KEY = "waveform";

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return List.of(TensorShape.of(batch, 2, segments.samples()));
    }

    @Override
    public List<TensorShape> outputs(int batch, int stems, ModelSpec.Segments segments) {
      return List.of(TensorShape.of(batch, stems, 2, segments.samples()));
    }
  }

  /// HTDemucs with its spectrum made outside: waveform and spectrum in, waveforms and spectra out;
  /// a stem is the sum of both. n_fft 4096, hop 1024, scale 1/64, 2048 bins. Roles: waveform, then
  /// the spectrum (one tensor, or real and imaginary parts apart).
  ///
  /// @param parts where real and imaginary parts lie
  /// @param stemsInChannels outputs are `[B, 2S, N]` and `[B, 4S, F, T]` instead of having an axis
  ///   for stems
  /// @param normalised whether the network wants its spectrum with mean 0 and deviation 1 and gives
  ///   normalised outputs
  record Hybrid(ComplexParts parts, boolean stemsInChannels, boolean normalised)
      implements ModelLayout {
    public static final String KEY = "htdemucs";
    public static final Stft STFT = new Stft(4096, 1024, 2048);

    public Hybrid {
      if (parts == ComplexParts.FLAT || parts == ComplexParts.PAIRS_LAST) {
        throw new IllegalArgumentException("parts: must be channels, pairs, last or split");
      }
      if (stemsInChannels && parts != ComplexParts.CHANNELS) {
        throw new IllegalArgumentException("stemsInChannels: needs parts: channels");
      }
    }

    /// Frames of a segment: one for every hop that it begins.
    public static int frames(ModelSpec.Segments segments) {
      return Math.ceilDiv(segments.samples(), STFT.hop());
    }

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return TensorShape.join(
          List.of(TensorShape.of(batch, 2, segments.samples())),
          parts.shapes(batch, STFT.bins(), frames(segments)));
    }

    @Override
    public List<TensorShape> outputs(int batch, int stems, ModelSpec.Segments segments) {
      long samples = segments.samples();
      if (stemsInChannels) {
        return List.of(
            TensorShape.of(batch, 2L * stems, samples),
            TensorShape.of(batch, 4L * stems, STFT.bins(), frames(segments)));
      }
      return TensorShape.join(
          List.of(TensorShape.of(batch, stems, 2, samples)),
          parts.stemShapes(batch, stems, STFT.bins(), frames(segments)));
    }
  }

  /// MDX-Net: spectrum in, spectrum of one stem out, `[B, 4, F, T]` both, real and imaginary parts
  /// as channels. Hop 1024, centred frames; the lowest three bins are cleared. One network a stem,
  /// each with its own n_fft.
  ///
  /// @param bins F
  /// @param frames T; a segment has 1024 · (T − 1) samples
  /// @param networks in the order of the model's files
  record MdxNet(int bins, int frames, List<MdxNetwork> networks) implements ModelLayout {
    public static final String KEY = "mdx-net";
    public static final int HOP = 1024;

    /// Bins from 0 that the network never hears.
    public static final int CLEARED_BINS = 3;

    public MdxNet {
      if (bins < 4 || frames < 2) {
        throw new IllegalArgumentException("bins and frames: must be at least 4 and 2");
      }
      networks = List.copyOf(networks);
      for (MdxNetwork net : networks) {
        if (bins > net.fftSize() / 2 + 1) {
          throw new IllegalArgumentException(
              "bins: %d are more than n_fft %d has".formatted(bins, net.fftSize()));
        }
      }
    }

    @Override
    public boolean sameInput(int network, int other) {
      return networks.get(network).fftSize() == networks.get(other).fftSize();
    }

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return ComplexParts.CHANNELS.shapes(batch, bins, frames);
    }
  }

  /// MDX23C (TFC-TDF v3): spectrum in, spectra of all stems out, `[B, 4, F, T]` to `[B, S, 4, F,
  /// T]` (to `[B, 4, F, T]` with one stem). Centred frames.
  ///
  /// @param stft n_fft, hop and bins kept
  /// @param frames T; a segment has hop · (T − 1) samples
  record Mdx23c(Stft stft, int frames) implements ModelLayout {
    public static final String KEY = "mdx23c";

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return ComplexParts.CHANNELS.shapes(batch, stft.bins(), frames);
    }

    @Override
    public List<TensorShape> outputs(int batch, int stems, ModelSpec.Segments segments) {
      return stems == 1
          ? ComplexParts.CHANNELS.shapes(batch, stft.bins(), frames)
          : ComplexParts.CHANNELS.stemShapes(batch, stems, stft.bins(), frames);
    }
  }

  /// BS-RoFormer and Mel-Band RoFormer: spectrum in, spectra or complex masks out. n_fft 2048, hop
  /// 441, 1025 bins, centred frames.
  ///
  /// @param parts where real and imaginary parts lie: [ComplexParts#LAST],
  ///   [ComplexParts#PAIRS_LAST], [ComplexParts#SPLIT] or [ComplexParts#FLAT]
  /// @param output what comes back
  /// @param clearDc whether bin 0 is cleared before the inverse
  record Roformer(ComplexParts parts, SpectrumOutput output, boolean clearDc)
      implements ModelLayout {
    public static final String KEY = "roformer";
    public static final Stft STFT = new Stft(2048, 441, 1025);

    public Roformer {
      if (parts == ComplexParts.CHANNELS || parts == ComplexParts.PAIRS) {
        throw new IllegalArgumentException("parts: must be last, pairs_last, split or flat");
      }
    }

    /// Frames of a segment.
    public static int frames(ModelSpec.Segments segments) {
      return segments.samples() / STFT.hop() + 1;
    }

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return parts.bandShapes(batch, STFT.bins(), frames(segments));
    }

    @Override
    public List<TensorShape> outputs(int batch, int stems, ModelSpec.Segments segments) {
      return parts.stemBandShapes(batch, stems, STFT.bins(), frames(segments));
    }
  }

  /// Open-Unmix: magnitudes `[1, 2, 2049, T]` in and out, one network a stem. n_fft 4096, hop 1024,
  /// centred frames.
  ///
  /// @param frames T
  /// @param filter how the magnitudes of all stems become stems
  record OpenUnmix(int frames, MagnitudeFilter filter) implements ModelLayout {
    public static final String KEY = "open-unmix";
    public static final Stft STFT = new Stft(4096, 1024, 2049);

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return List.of(TensorShape.of(batch, 2, STFT.bins(), frames));
    }
  }

  /// Spleeter: magnitudes `[2, splits, 512, 1024]` in and out, one network a stem; ratio masks of
  /// power 2. n_fft 4096, hop 1024, frames not centred, bins 0 to 1023.
  ///
  /// @param splits of 512 frames in one segment
  /// @param averageAbove whether bins from 1024 up get the mean of the mask; else they are silent
  record Spleeter(int splits, boolean averageAbove) implements ModelLayout {
    public static final String KEY = "spleeter";
    public static final Stft STFT = new Stft(4096, 1024, 1024);
    public static final int SPLIT_FRAMES = 512;

    public Spleeter {
      if (splits < 1) {
        throw new IllegalArgumentException("splits: must be 1 or more");
      }
    }

    @Override
    public List<TensorShape> inputs(int batch, int stems, ModelSpec.Segments segments) {
      return List.of(TensorShape.of(2, splits, SPLIT_FRAMES, STFT.bins()));
    }
  }
}
