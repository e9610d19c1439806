package dev.stemfleet.common.message;

/// The version of the wire's records.
///
/// A reader takes every message of its own major version, ignoring fields that it does not know,
/// and refuses a newer major version.
public final class Schema {
  public static final int MAJOR = 1;
  public static final String VERSION = MAJOR + ".0";

  private Schema() {}
}
