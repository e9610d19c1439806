package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.ComplexParts;
import dev.stemfleet.common.domain.ModelLayout;

/// What one network's tensors say of its layout. Sizes that the file leaves open are −1.
sealed interface Family {
  /// The word in the definition's `layout.kind` field.
  String key();

  /// How many stems the network gives, or [#UNKNOWN].
  int stems();

  int UNKNOWN = -1;

  /// @param samples of a segment
  record Waveform(long samples, int stems) implements Family {
    @Override
    public String key() {
      return ModelLayout.Waveform.KEY;
    }
  }

  /// @param samples of a segment
  record Hybrid(long samples, int stems, ComplexParts parts, boolean folded) implements Family {
    @Override
    public String key() {
      return ModelLayout.Hybrid.KEY;
    }
  }

  record MdxNet(long bins, long frames) implements Family {
    @Override
    public String key() {
      return ModelLayout.MdxNet.KEY;
    }

    @Override
    public int stems() {
      return 1;
    }
  }

  record Mdx23c(long bins, long frames, int stems) implements Family {
    @Override
    public String key() {
      return ModelLayout.Mdx23c.KEY;
    }
  }

  record Roformer(long frames, int stems, ComplexParts parts) implements Family {
    @Override
    public String key() {
      return ModelLayout.Roformer.KEY;
    }
  }

  record OpenUnmix(long frames) implements Family {
    @Override
    public String key() {
      return ModelLayout.OpenUnmix.KEY;
    }

    @Override
    public int stems() {
      return 1;
    }
  }

  record Spleeter(long splits) implements Family {
    @Override
    public String key() {
      return ModelLayout.Spleeter.KEY;
    }

    @Override
    public int stems() {
      return 1;
    }
  }
}
