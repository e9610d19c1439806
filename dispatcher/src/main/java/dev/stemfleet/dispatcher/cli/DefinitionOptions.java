package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.dispatcher.models.Wishes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What can be said of a model that is new here; a mixin. Whatever is not said is read from the
/// file, taken from what is published of its family, or asked for.
final class DefinitionOptions {
  @Option(names = "--id", paramLabel = "ID", description = "Its name. Default: the file's.")
  private @Nullable String id;

  @Option(
      names = "--layout",
      paramLabel = "KIND",
      description = "Its layout, where its tensors fit several. See the page of models.")
  private @Nullable String layout;

  @Option(
      names = "--stems",
      paramLabel = "STEM",
      split = ",",
      description = "The stems it gives, in the order of its outputs, or one for each file.")
  private List<String> stems = new ArrayList<>();

  @Option(
      names = "--file-stems",
      paramLabel = "STEM",
      split = ",",
      description = "Of a bag: the stem that is taken from each file, in their order.")
  private List<String> fileStems = new ArrayList<>();

  @Option(
      names = "--fft-size",
      paramLabel = "N",
      split = ",",
      description = "Of MDX-Net and MDX23C: n_fft, one for all files or one for each.")
  private List<Integer> fftSizes = new ArrayList<>();

  @Option(
      names = "--compensate",
      paramLabel = "FACTOR",
      split = ",",
      description = "Of MDX-Net: factor for the stem, one for all files or one for each.")
  private List<Double> compensates = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "mask|spectrum",
      description = "Of a RoFormer: what it gives.")
  private @Nullable SpectrumOutput output;

  @Option(
      names = "--segment-samples",
      paramLabel = "N",
      description = "Length of a segment, where the file leaves it open.")
  private @Nullable Integer samples;

  @Option(
      names = "--inputs",
      paramLabel = "NAME",
      split = ",",
      description = "Names of its inputs, real before imaginary, where shapes do not tell.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--outputs",
      paramLabel = "NAME",
      split = ",",
      description = "Names of its outputs, real before imaginary, where shapes do not tell.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "Licence of the weights (that of code may be another).")
  private @Nullable String licence;

  @Option(names = "--source", paramLabel = "TEXT", description = "Where the file is from.")
  private @Nullable String source;

  @Option(names = "--force", description = "Replace a model of this name.")
  private boolean force;

  @Option(names = "--no-verify", description = "Do not load it once.")
  private boolean noVerify;

  Wishes wishes() {
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
        licence,
        source);
  }

  boolean force() {
    return force;
  }

  boolean verify() {
    return !noVerify;
  }
}
