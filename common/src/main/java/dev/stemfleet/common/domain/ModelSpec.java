package dev.stemfleet.common.domain;

import java.util.HashSet;
import java.util.List;

/// A separation model as its definition (the YAML beside it) describes it: everything that cannot
/// be read from the network's file, and the digests that say which file is meant.
///
/// @param id what people and messages call the model: lower-case letters, digits, `-`, `_`, `.`
/// @param revision 1 or more, raised by whoever changes the definition
/// @param layout how sound gets into the network and out of it
/// @param files its networks, one file each; at least one
/// @param sideFiles files that networks read by themselves (weights kept apart); checked, not
///   opened
/// @param stems what the networks give, in the order of their outputs: names as their authors use
///   them (`vocals`, `drums`, `bass`, `other`, `guitar` …)
/// @param sound what it was made for
/// @param dtype of the networks' tensors
/// @param segments how a track is cut and joined
/// @param treatment what is done to the whole track before and after
/// @param licence of the weights, as the operator knows it
/// @param source where the file comes from
public record ModelSpec(
    String id,
    int revision,
    ModelLayout layout,
    List<ModelFile> files,
    List<ModelFile> sideFiles,
    List<String> stems,
    Sound sound,
    Dtype dtype,
    Segments segments,
    Treatment treatment,
    String licence,
    String source) {

  public ModelSpec {
    require(id.matches("[a-z0-9][a-z0-9._-]*"), "id: must be lower-case letters, digits, . _ -");
    require(revision >= 1, "revision: must be 1 or more");
    require(!files.isEmpty(), "files: at least one is needed");
    require(!stems.isEmpty(), "stems: at least one is needed");
    require(stems.stream().noneMatch(String::isBlank), "stems: a name must not be empty");
    require(new HashSet<>(stems).size() == stems.size(), "stems: a name is there twice");
    require(!licence.isBlank(), "licence: must not be empty");
    require(
        !treatment.denoise() || layout instanceof ModelLayout.MdxNet,
        "denoise: only mdx-net networks are run twice");
    require(!source.isBlank(), "source: must not be empty");
    files = List.copyOf(files);
    sideFiles = List.copyOf(sideFiles);
    stems = List.copyOf(stems);
    new ModelRules(layout, files, sideFiles, stems, segments).check();
  }

  /// The stems that are taken from one network, by its place in [#files].
  public List<String> stemsOf(int network) {
    List<String> own = files.get(network).stems();
    return own.isEmpty() ? stems : own;
  }

  /// Names the network itself: the same reference means the same outputs for the same sound. With
  /// one file its digest, with several a digest over theirs.
  public ModelRef ref() {
    if (files.size() == 1 && sideFiles.isEmpty()) {
      return new ModelRef(id, files.getFirst().sha256());
    }
    Fingerprint all = new Fingerprint("model files");
    files.forEach(file -> all.with(file.path(), file.sha256()));
    sideFiles.forEach(file -> all.with(file.path(), file.sha256()));
    return new ModelRef(id, all.hex());
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /// Sound as the network wants it.
  ///
  /// @param sampleRateHz samples per second and channel
  /// @param channels 2: left, right
  public record Sound(int sampleRateHz, int channels) {
    public Sound {
      require(sampleRateHz == 44_100, "sampleRateHz: only 44100 is supported");
      require(channels == 2, "channels: only 2 is supported");
    }
  }

  /// Type of the numbers in a network's tensors.
  public enum Dtype {
    FLOAT32,
    FLOAT16,
    /// Float32 in some tensors, float16 in others, as the network's file says.
    MIXED
  }

  /// How a track is cut for the network and how its answers are joined again.
  ///
  /// @param samples length of every segment, fixed in the network
  /// @param strideSamples from the start of a segment to the start of the next, at most a segment
  /// @param window weight of a segment's samples where segments overlap
  /// @param fadeSamples length of both ramps of [Window#FADE], at most half a segment
  /// @param border what is put around the track before it is cut, and taken off again
  /// @param batch segments per run of the network
  public record Segments(
      int samples, int strideSamples, Window window, int fadeSamples, Border border, int batch) {
    public Segments {
      require(samples >= 2, "samples: must be 2 or more");
      require(
          strideSamples >= 1 && strideSamples <= samples, "strideSamples: must be 1 to samples");
      require(
          fadeSamples >= 0 && fadeSamples <= samples / 2,
          "fadeSamples: must be 0 to half of samples");
      require(border.samples() < samples, "border: must be shorter than a segment");
      require(batch >= 1 && batch <= 64, "batch: must be 1 to 64");
    }

    /// One segment a run, no border, ramps as long as the overlap.
    public Segments(int samples, int strideSamples, Window window) {
      this(
          samples,
          strideSamples,
          window,
          Math.clamp(samples - strideSamples, 0, Math.max(0, samples / 2)),
          Border.NONE,
          1);
    }
  }

  /// What is put around a track so that its ends are heard as well as its middle.
  ///
  /// @param samples at each end, 0 or more
  /// @param fill what they hold
  public record Border(int samples, Fill fill) {
    public static final Border NONE = new Border(0, Fill.SILENCE);

    public Border {
      require(samples >= 0, "samples: must be 0 or more");
    }
  }

  /// What a border holds.
  public enum Fill {
    SILENCE,
    /// The track's first or last samples backwards, without the one at the edge; silence where the
    /// track is too short for that.
    REFLECTION
  }

  /// Shapes of the overlap-add window. Weights at the very ends may be 0 only where a border or an
  /// overlap covers them.
  public enum Window {
    /// Rises to the middle and falls again.
    TRIANGLE,
    /// Flat, with straight ramps of `fadeSamples` at both ends.
    FADE,
    /// Flat: overlapping segments are averaged.
    FLAT,
    /// Symmetric Hann, 0 at both ends.
    HANN
  }

  /// What is done to the whole track.
  ///
  /// @param normalisation before it is cut, undone per stem
  /// @param shifts how many more times every part is separated, each time cut elsewhere by up to
  ///   half a second, to be averaged; 0 to 10. Where is derived from the sound: the same track
  ///   gives the same stems
  /// @param mixtureConsistency whether what the stems' sum lacks of the mix is spread over them
  ///   evenly; then all networks run, whatever stems are asked for
  /// @param denoise whether every network also hears the mix upside down, and half the difference
  ///   of both answers counts: what it would add to silence goes away, at twice the work. For
  ///   MDX-Net
  public record Treatment(
      TrackNormalisation normalisation, int shifts, boolean mixtureConsistency, boolean denoise) {
    /// Nothing at all.
    public static final Treatment NONE = new Treatment(TrackNormalisation.NONE, 0, false);

    public Treatment {
      require(shifts >= 0 && shifts <= 10, "shifts: must be 0 to 10");
    }

    /// Every network hears the mix once.
    public Treatment(TrackNormalisation normalisation, int shifts, boolean mixtureConsistency) {
      this(normalisation, shifts, mixtureConsistency, false);
    }
  }

  /// What is done to the whole track before it is cut.
  public enum TrackNormalisation {
    NONE,
    /// (x − m) / s with m and s the mean and standard deviation of the mono mix, undone per stem.
    MONO_MEAN_DEVIATION
  }
}
