package dev.stemfleet.dispatcher.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a command writes: lines and JSON to standard output, errors and progress to standard
/// error, always in UTF-8. Thread-safe.
///
/// On a terminal the progress line is rewritten in place and cleared before other lines; elsewhere
/// progress is not shown, so that logs and pipes stay clean.
public final class Screen {
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private boolean progressShown;

  public Screen(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal) {
    this.out = out;
    this.err = err;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
  }

  /// The process's own streams.
  public static Screen ofProcess() {
    return new Screen(
        utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal(1), isTerminal(2));
  }

  /// Whether people see standard output as it comes.
  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  /// Whether people see standard error as it comes, and so [#progress].
  public boolean errIsTerminal() {
    return errIsTerminal;
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /// One line, or several, of what was asked for.
  public synchronized void line(String text) {
    clearProgress();
    out.println(text);
    out.flush();
  }

  /// Something worth knowing beside what was asked for.
  public synchronized void note(String text) {
    clearProgress();
    err.println(text);
    err.flush();
  }

  /// Something that should be known but stops nothing.
  public synchronized void warn(String text) {
    clearProgress();
    err.println("warning: " + text);
    err.flush();
  }

  /// Why something was not done, in one line.
  public synchronized void error(String text) {
    clearProgress();
    err.println("stemfleet: " + text.lines().findFirst().orElse("failed"));
    err.flush();
  }

  /// The present state of something that takes a while; only the newest matters.
  public synchronized void progress(String text) {
    if (errIsTerminal) {
      err.print(CLEAR_LINE + text);
      err.flush();
      progressShown = true;
    }
  }

  /// Takes the progress line away.
  public synchronized void endProgress() {
    clearProgress();
    err.flush();
  }

  private void clearProgress() {
    if (progressShown) {
      err.print(CLEAR_LINE);
      progressShown = false;
    }
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
  }

  /// Java tells only whether standard input and output both are a terminal; Linux tells of each.
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
