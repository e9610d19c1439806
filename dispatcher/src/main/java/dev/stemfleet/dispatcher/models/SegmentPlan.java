package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.MdxNetwork;
import dev.stemfleet.common.domain.ModelLayout;
import dev.stemfleet.common.domain.ModelSpec.Border;
import dev.stemfleet.common.domain.ModelSpec.Fill;
import dev.stemfleet.common.domain.ModelSpec.Segments;
import dev.stemfleet.common.domain.ModelSpec.TrackNormalisation;
import dev.stemfleet.common.domain.ModelSpec.Window;

/// How tracks are cut and joined for a layout: as the family's own programs do it.
///
/// @param normalisation of the whole track
/// @param note whose way it is
record SegmentPlan(Segments segments, TrackNormalisation normalisation, String note) {
  /// Segments of RoFormers, whose waveform exports cannot be told from HTDemucs's otherwise.
  private static final int ROFORMER_8_S = 352_800;

  private static final int ROFORMER_11_S = 485_100;
  private static final int HTDEMUCS = 343_980;
  private static final int HTDEMUCS_10_S = 441_000;

  /// Whether waveform exports of HTDemucs or of RoFormers have segments of this length.
  static boolean isKnownWaveform(long samples) {
    return samples == HTDEMUCS
        || samples == HTDEMUCS_10_S
        || samples == ROFORMER_8_S
        || samples == ROFORMER_11_S;
  }

  /// @param samples of a segment
  /// @param batch segments per run
  static SegmentPlan of(ModelLayout layout, int samples, int batch) {
    return switch (layout) {
      case ModelLayout.Waveform() when samples == ROFORMER_8_S || samples == ROFORMER_11_S ->
          roformer(samples, batch);
      case ModelLayout.Waveform() when isKnownWaveform(samples) -> demucs(samples, batch);
      case ModelLayout.Waveform() ->
          new SegmentPlan(
              segments(samples, samples - samples / 4, Window.TRIANGLE, Border.NONE, batch),
              TrackNormalisation.NONE,
              Draft.OWN + ", because this length is of no known family");
      case ModelLayout.Hybrid hybrid when hybrid.stemsInChannels() ->
          plain(samples, samples / 4, Window.FLAT, Border.NONE, batch);
      case ModelLayout.Hybrid _ -> demucs(samples, batch);
      case ModelLayout.MdxNet net -> mdxNet(net, samples, batch);
      case ModelLayout.Mdx23c _ -> {
        int hop = samples / 8;
        yield plain(samples, hop, Window.FLAT, new Border(samples - hop, Fill.SILENCE), batch);
      }
      case ModelLayout.Roformer _ -> roformer(samples, batch);
      // Their programs take a track in one piece or cut it hard; overlaps avoid clicks.
      case ModelLayout.OpenUnmix _, ModelLayout.Spleeter _ ->
          new SegmentPlan(
              new Segments(
                  samples, samples - samples / 8, Window.FADE, samples / 8, Border.NONE, batch),
              TrackNormalisation.NONE,
              Draft.OWN);
    };
  }

  private static SegmentPlan demucs(int samples, int batch) {
    Segments segments =
        segments(samples, samples - samples / 4, Window.TRIANGLE, Border.NONE, batch);
    return new SegmentPlan(segments, TrackNormalisation.MONO_MEAN_DEVIATION, Draft.USUAL);
  }

  private static SegmentPlan roformer(int samples, int batch) {
    return new SegmentPlan(
        new Segments(
            samples,
            samples / 2,
            Window.FADE,
            samples / 10,
            new Border(samples / 2, Fill.REFLECTION),
            batch),
        TrackNormalisation.NONE,
        Draft.USUAL);
  }

  private static SegmentPlan mdxNet(ModelLayout.MdxNet net, int samples, int batch) {
    int fftSize = net.networks().stream().mapToInt(MdxNetwork::fftSize).max().orElseThrow();
    int stride = Math.max(1, samples - fftSize);
    Border border = new Border(Math.min(fftSize / 2, samples - 1), Fill.SILENCE);
    return plain(samples, stride, Window.HANN, border, batch);
  }

  private static SegmentPlan plain(
      int samples, int stride, Window window, Border border, int batch) {
    return new SegmentPlan(
        segments(samples, stride, window, border, batch), TrackNormalisation.NONE, Draft.USUAL);
  }

  /// Ramps as a definition without `fadeSamples` has them.
  private static Segments segments(
      int samples, int stride, Window window, Border border, int batch) {
    int fade = new Segments(samples, stride, window).fadeSamples();
    return new Segments(samples, stride, window, fade, border, batch);
  }
}
