package dev.stemfleet.common.bench;

/// A bench whose work did not come out right: its times would mean nothing.
public final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchFailure(String message) {
    super(message);
  }
}
