package dev.stemfleet.common.domain;

import java.util.HashSet;
import java.util.List;

/// A separation model as its definition (the YAML beside it) describes it: everything that cannot
/// be read from the network's file, and the digests that say which file is meant.
///
/// @param id what people and messages call the model: lower-case letters, digits, `-`, `_`, `.`
/// @param revision 1 or more, raised by whoever changes the definition
/// @param layout how sound gets into the network and out of it
/// @param files the network's files, in the order that the layout says; at least one
/// @param stems what the network gives, in the order of its outputs: names as the network's authors
///   use them (`vocals`, `drums`, `bass`, `other`, `guitar` …)
/// @param sound what it was made for
/// @param segments how a track is cut and joined
/// @param trackNormalisation what is done to the whole track before and undone after
/// @param licence of the weights, as the operator knows it
/// @param source where the file comes from
public record ModelSpec(
    String id,
    int revision,
    ModelLayout layout,
    List<ModelFile> files,
    List<String> stems,
    Sound sound,
    Segments segments,
    TrackNormalisation trackNormalisation,
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
    require(!source.isBlank(), "source: must not be empty");
    files = List.copyOf(files);
    stems = List.copyOf(stems);
  }

  /// Names the network itself: the same reference means the same outputs for the same sound. With
  /// one file its digest, with several a digest over theirs.
  public ModelRef ref() {
    if (files.size() == 1) {
      return new ModelRef(id, files.getFirst().sha256());
    }
    Fingerprint all = new Fingerprint("model files");
    files.forEach(file -> all.with(file.path(), file.sha256()));
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

  /// How a track is cut for the network and how its answers are joined again.
  ///
  /// @param samples length of every segment, fixed in the network
  /// @param strideSamples from the start of a segment to the start of the next, at most a segment
  /// @param window weight of a segment's samples where segments overlap
  public record Segments(int samples, int strideSamples, Window window) {
    public Segments {
      require(samples >= 2, "samples: must be 2 or more");
      require(
          strideSamples >= 1 && strideSamples <= samples, "strideSamples: must be 1 to samples");
    }

    public int overlapSamples() {
      return samples - strideSamples;
    }
  }

  /// Shapes of the overlap-add window; every weight is above zero, so that any sum can be divided.
  public enum Window {
    /// Rises to the middle and falls again.
    TRIANGLE,
    /// Flat, with straight ramps as long as the overlap at both ends.
    FADE,
    /// Flat: overlapping segments are averaged.
    FLAT
  }

  /// What is done to the whole track before it is cut.
  public enum TrackNormalisation {
    NONE,
    /// (x − m) / s with m and s the mean and standard deviation of the mono mix, undone per stem.
    MONO_MEAN_DEVIATION
  }
}
