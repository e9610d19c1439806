package dev.stemfleet.dispatcher.show;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A table as aligned text: a head and rows, two spaces between columns. Not thread-safe.
///
/// Nothing is cut, so that what is piped on is whole.
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  public TextTable(String... head) {
    columns = head.length;
    rows.add(List.of(head));
  }

  /// @throws IllegalArgumentException if there are not as many cells as the head has
  public TextTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
    }
    rows.add(Arrays.stream(cells).map(cell -> clean(cell.toString())).toList());
    return this;
  }

  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /// The head and the rows, one text each, without spaces at their ends.
  public List<String> lines() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(TextWidth.fit(row.get(i), widths[i])).append("  ");
    }
    return line.toString().stripTrailing();
  }

  private static String clean(String cell) {
    return cell.replaceAll("\\p{Cntrl}", " ");
  }
}
