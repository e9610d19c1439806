package dev.stemfleet.common.domain.speech;

/// How long chunks may be, in code points.
///
/// @param target no sentence is added any more once a chunk has it
/// @param most no sentence is added that would pass it
public record ChunkLimits(int target, int most) {
  public static final ChunkLimits USUAL = new ChunkLimits(380, 460);

  public ChunkLimits {
    if (target < 1 || most < target) {
      throw new IllegalArgumentException(
          "target_chunk_limit (%d) must be from 1 to max_chunk_limit (%d)".formatted(target, most));
    }
  }
}
