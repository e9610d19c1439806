package dev.stemfleet.dispatcher.cli;

/// What every command answers to the shell.
public final class ExitCode {
  public static final int DONE = 0;

  /// Something that was asked for could not be done.
  public static final int FAILED = 1;

  /// What was asked for makes no sense; nothing was done.
  public static final int USAGE = 2;

  private ExitCode() {}
}
