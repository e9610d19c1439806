import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.Map;

/// Letters as strokes of a pen, drawn for this project: one unit high, the baseline at 1.
final class Letters {
  private static final double GAP = 0.34;
  private static final double SPACE = 0.42;

  /// Width, then a path: M move, L line, C curve, Z close.
  private static final Map<Character, String> STROKES =
      Map.ofEntries(
          Map.entry('A', ".72 M0 1 L.36 0 L.72 1 M.13 .68 L.59 .68"),
          Map.entry('C', ".66 M.66 .2 C.5 -.06 0 -.1 0 .5 C0 1.1 .5 1.06 .66 .8"),
          Map.entry('D', ".66 M0 0 L0 1 L.22 1 C.8 1 .8 0 .22 0 Z"),
          Map.entry('E', ".52 M.52 0 L0 0 L0 1 L.52 1 M0 .49 L.44 .49"),
          Map.entry('G', ".7 M.66 .18 C.5 -.06 0 -.1 0 .5 C0 1.1 .7 1.1 .7 .56 L.42 .56"),
          Map.entry('I', "0 M0 0 L0 1"),
          Map.entry('K', ".58 M0 0 L0 1 M.56 0 L0 .6 M.19 .41 L.58 1"),
          Map.entry('L', ".5 M0 0 L0 1 L.5 1"),
          Map.entry('M', ".8 M0 1 L0 0 L.4 .62 L.8 0 L.8 1"),
          Map.entry('N', ".64 M0 1 L0 0 L.64 1 L.64 0"),
          Map.entry('O', ".72 M.36 0 C.84 0 .84 1 .36 1 C-.12 1 -.12 0 .36 0 Z"),
          Map.entry('P', ".58 M0 1 L0 0 L.28 0 C.68 0 .68 .58 .28 .58 L0 .58"),
          Map.entry('R', ".58 M0 1 L0 0 L.28 0 C.68 0 .68 .56 .28 .56 L0 .56 M.28 .56 L.58 1"),
          Map.entry(
              'S',
              ".58 M.55 .17 C.42 -.08 .02 -.05 .02 .25 C.02 .6 .58 .4 .58 .74 C.58 1.06 .12 1.08 0 .82"),
          Map.entry('T', ".62 M0 0 L.62 0 M.31 0 L.31 1"),
          Map.entry('U', ".64 M0 0 L0 .62 C0 1.12 .64 1.12 .64 .62 L.64 0"),
          Map.entry('2', ".58 M.02 .24 C.08 -.1 .56 -.08 .56 .27 C.56 .52 .2 .68 0 1 L.58 1"));

  private Letters() {}

  /// The strokes of a line of text from x = 0, letters one unit high.
  static Path2D line(String text) {
    Path2D line = new Path2D.Double();
    double x = 0;
    for (char letter : text.toCharArray()) {
      if (letter == ' ') {
        x += SPACE;
        continue;
      }
      String[] parts = STROKES.get(letter).split(" ", 2);
      line.append(
          path(parts[1]).createTransformedShape(AffineTransform.getTranslateInstance(x, 0)), false);
      x += Double.parseDouble(parts[0]) + GAP;
    }
    return line;
  }

  private static Path2D path(String strokes) {
    Path2D path = new Path2D.Double();
    for (String step : strokes.split("(?=[MLCZ])")) {
      double[] at = numbers(step.substring(1).strip());
      switch (step.charAt(0)) {
        case 'M' -> path.moveTo(at[0], at[1]);
        case 'L' -> path.lineTo(at[0], at[1]);
        case 'C' -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
        case 'Z' -> path.closePath();
        default -> throw new IllegalArgumentException(step);
      }
    }
    return path;
  }

  private static double[] numbers(String text) {
    String[] words = text.isEmpty() ? new String[0] : text.split(" ");
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }
}
