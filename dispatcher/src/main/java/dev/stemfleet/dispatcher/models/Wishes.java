package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.SpectrumOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator says of a model. What is null or empty was not said.
///
/// @param layout a key of `layout.kind`
/// @param stems of the model, in the order of the outputs or of the files
/// @param fileStems which stem is taken from each file of a bag, in the order of the files
/// @param fftSizes n_fft of each file, or one for all
/// @param compensates factor of each file, or one for all
/// @param output what a RoFormer gives
/// @param samples of a segment, where the file leaves it open
/// @param inputs names by role, where shapes cannot tell tensors apart
/// @param outputs names by role, where shapes cannot tell tensors apart
public record Wishes(
    @Nullable String id,
    @Nullable String layout,
    List<String> stems,
    List<String> fileStems,
    List<Integer> fftSizes,
    List<Double> compensates,
    @Nullable SpectrumOutput output,
    @Nullable Integer samples,
    List<String> inputs,
    List<String> outputs,
    @Nullable String licence,
    @Nullable String source) {
  public Wishes {
    stems = List.copyOf(stems);
    fileStems = List.copyOf(fileStems);
    fftSizes = List.copyOf(fftSizes);
    compensates = List.copyOf(compensates);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /// The same with a licence and a source, where the operator said none.
  public Wishes orElse(@Nullable String otherLicence, String otherSource) {
    return new Wishes(
        id,
        layout,
        stems,
        fileStems,
        fftSizes,
        compensates,
        output,
        samples,
        inputs,
        outputs,
        licence == null ? otherLicence : licence,
        source == null ? otherSource : source);
  }
}
