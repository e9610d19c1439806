package dev.stemfleet.dispatcher.show;

import dev.stemfleet.dispatcher.watch.Fleet;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Progress as bars that are redrawn in place (ECMA-48 control sequences), with lines that stay
/// scrolling away above them.
///
/// Each redraw is one write that overwrites the old lines instead of clearing them first, so that
/// nothing flickers; an unchanged frame is not written at all.
public final class TerminalProgress implements ProgressView {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_TO_LINE_END = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Ink ink;
  private final Supplier<TerminalSize> size;
  private final News news = new News();
  private List<String> drawn = List.of();
  private TerminalSize drawnAt;
  private @Nullable Fleet last;
  private @Nullable Instant shownAt;
  private boolean cursorHidden;

  /// @param out a terminal; not closed
  /// @param size asked before each redraw: people resize windows
  public TerminalProgress(PrintStream out, Ink ink, Supplier<TerminalSize> size) {
    this.out = out;
    this.ink = ink;
    this.size = size;
    this.drawnAt = size.get();
  }

  @Override
  public void show(Fleet fleet) {
    last = fleet;
    List<News.Line> lines = news.since(fleet);
    Instant before = shownAt;
    boolean tooSoon = before != null && fleet.at().isBefore(before.plus(INTERVAL));
    if (lines.isEmpty() && tooSoon) {
      return;
    }
    shownAt = fleet.at();
    draw(lines.stream().map(line -> ink.paint(line.tone(), clean(line.text()))).toList(), fleet);
  }

  @Override
  public void note(String line) {
    draw(List.of(clean(line)), last);
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public synchronized void close() {
    if (cursorHidden) {
      out.print(SHOW_CURSOR);
      out.flush();
      cursorHidden = false;
    }
  }

  private synchronized void draw(List<String> staying, @Nullable Fleet fleet) {
    TerminalSize now = size.get();
    List<String> frame =
        fleet == null ? List.of() : new ProgressFrame(ink, now.columns(), now.rows()).lines(fleet);
    if (staying.isEmpty() && frame.equals(drawn) && now.equals(drawnAt)) {
      return;
    }
    StringBuilder text = new StringBuilder(cursorHidden ? "" : HIDE_CURSOR);
    if (!drawn.isEmpty()) {
      // Whatever was typed meanwhile stands where the cursor is.
      text.append("\r\u001b[").append(rowsOfDrawn(now)).append('A');
    }
    List<String> lines = new ArrayList<>(staying);
    lines.addAll(frame);
    lines.forEach(line -> text.append(line).append(CLEAR_TO_LINE_END).append("\r\n"));
    out.print(text.append(CLEAR_BELOW));
    out.flush();
    cursorHidden = true;
    drawn = frame;
    drawnAt = now;
  }

  /// Lines that were drawn on a wider terminal have been wrapped by it.
  private int rowsOfDrawn(TerminalSize now) {
    if (now.columns() >= drawnAt.columns()) {
      return drawn.size();
    }
    return drawn.stream()
        .mapToInt(line -> (TextWidth.of(withoutColour(line)) - 1) / now.columns() + 1)
        .sum();
  }

  private static String withoutColour(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static String clean(String text) {
    return TextWidth.cut(text, Integer.MAX_VALUE);
  }
}
