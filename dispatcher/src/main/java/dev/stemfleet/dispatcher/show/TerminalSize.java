package dev.stemfleet.dispatcher.show;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How large the terminal is. Immutable.
public record TerminalSize(int columns, int rows) {
  /// What is assumed where nobody can tell.
  public static final TerminalSize USUAL = new TerminalSize(80, 24);

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(2);
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\s*(\\d+) (\\d+)\\s*");

  public TerminalSize {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException("columns, rows: must be positive");
    }
  }

  /// The size of the terminal this process runs on, asked again every other second at most.
  public static Supplier<TerminalSize> ofProcess() {
    return new Supplier<>() {
      private TerminalSize known = ask();
      private long askedAt = System.nanoTime();

      @Override
      public TerminalSize get() {
        if (System.nanoTime() - askedAt > ASK_AGAIN_AFTER.toNanos()) {
          known = ask();
          askedAt = System.nanoTime();
        }
        return known;
      }
    };
  }

  /// Java has no call for it; `stty` is on every Linux and macOS.
  private static TerminalSize ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
      }
      return parse(answer);
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static TerminalSize parse(String sttyAnswer) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(sttyAnswer);
    if (!matcher.matches()) {
      return USUAL;
    }
    int rows = Integer.parseInt(matcher.group(1));
    int columns = Integer.parseInt(matcher.group(2));
    return rows == 0 || columns == 0 ? USUAL : new TerminalSize(columns, rows);
  }
}
