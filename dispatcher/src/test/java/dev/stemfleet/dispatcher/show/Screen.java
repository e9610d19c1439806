package dev.stemfleet.dispatcher.show;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A terminal small enough to check what people see: understands the few control sequences that
/// progress uses and refuses all others.
final class Screen {
  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\?25[hl]|\\d*[AKJm])");

  private final int columns;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  Screen(int columns) {
    this.columns = columns;
  }

  void write(String text) {
    Matcher sequence = SEQUENCE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      char letter = text.charAt(at);
      if (letter == '\u001b') {
        if (!sequence.find(at) || sequence.start() != at) {
          throw new AssertionError("unknown control sequence at " + text.substring(at));
        }
        obey(sequence.group(1));
        at = sequence.end();
      } else {
        put(letter);
        at++;
      }
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(rows.stream().map(StringBuilder::toString).toList());
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
    return lines;
  }

  private void obey(String sequence) {
    switch (sequence.charAt(sequence.length() - 1)) {
      case 'A' -> row -= Integer.parseInt(sequence.substring(0, sequence.length() - 1));
      case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case 'J' -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        rows.subList(row + 1, rows.size()).clear();
      }
      default -> {}
    }
    if (row < 0) {
      throw new AssertionError("the cursor left the screen");
    }
  }

  private void put(char letter) {
    switch (letter) {
      case '\r' -> column = 0;
      case '\n' -> nextRow();
      default -> {
        if (column == columns) {
          nextRow();
          column = 0;
        }
        StringBuilder line = rows.get(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, letter);
      }
    }
  }

  private void nextRow() {
    row++;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }
}
