package dev.stemfleet.common.domain;

/// A picture or model file named by what is in it.
///
/// @param name where it lies below an asset root, with `/` between folders; a hint only
/// @param sha256 64 lower-case hex digits of its bytes; bytes with another digest are never used
public record AssetRef(String name, String sha256) {
  public AssetRef {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: must not be empty");
    }
    if (FileNames.isUnusable(name)) {
      throw new IllegalArgumentException("name: has control characters in it");
    }
    if (!Sha256.isDigest(sha256)) {
      throw new IllegalArgumentException("sha256: must be 64 lower-case hex digits");
    }
  }
}
