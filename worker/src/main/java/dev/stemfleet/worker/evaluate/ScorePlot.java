package dev.stemfleet.worker.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

/// uSDR by song as a picture: a row a song, a dot a stem on a common scale, and behind it a line
/// from the floor to the ceiling. The means are the last row.
final class ScorePlot {
  private static final Color GROUND = new Color(0xFFFFFF);
  private static final Color INK = new Color(0x20242C);
  private static final Color FAINT = new Color(0xDDE0E6);
  private static final Color BAND = new Color(0xF5F6F9);

  /// Told apart by colour-blind people, too: M. Okabe and K. Ito 2008.
  private static final Map<String, Color> COLOURS =
      Map.of(
          "vocals", new Color(0xD55E00),
          "drums", new Color(0x0072B2),
          "bass", new Color(0x009E73),
          "other", new Color(0xB0559A));

  private static final int WIDTH = 1280;
  private static final int LANE = 16;
  private static final int TOP = 92;
  private static final int BOTTOM = 56;
  private static final int RIGHT = 40;
  private static final int LONGEST_NAME = 340;

  private final Evaluation evaluation;
  private final BufferedImage image;
  private final Graphics2D g;
  private final int rowHeight;
  private final int left;
  private final double least;
  private final double most;

  private ScorePlot(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.rowHeight = LANE * evaluation.stems().size() + 10;
    int height = TOP + rowHeight * (evaluation.songs().size() + 1) + BOTTOM;
    this.image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    this.g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    this.left = 40 + nameWidth();
    this.least = 5 * Math.floor(Math.min(0, values().min().orElse(0)) / 5);
    this.most = 5 * Math.ceil(Math.max(5, values().max().orElse(5)) / 5);
  }

  /// Writes a PNG.
  static void write(Evaluation evaluation, Path file) throws IOException {
    ScorePlot plot = new ScorePlot(evaluation);
    plot.draw();
    plot.g.dispose();
    if (!ImageIO.write(plot.image, "png", file.toFile())) {
      throw new IOException("cannot write " + file);
    }
  }

  private void draw() {
    g.setColor(GROUND);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.setColor(INK);
    g.setFont(font(Font.BOLD, 20));
    g.drawString("uSDR of " + evaluation.model() + " by song", 24, 36);
    legend();
    List<SongScores> songs = evaluation.songs();
    for (int row = 0; row <= songs.size(); row++) {
      band(row);
    }
    axis();
    for (int row = 0; row < songs.size(); row++) {
      SongScores song = songs.get(row);
      name(row, song.song(), Font.PLAIN);
      for (String stem : song.stems().keySet()) {
        dot(row, stem, song.stems().get(stem));
      }
    }
    name(songs.size(), "mean", Font.BOLD);
    evaluation.stems().forEach(stem -> dot(songs.size(), stem, evaluation.over(stem)));
  }

  private void legend() {
    g.setFont(font(Font.PLAIN, 15));
    int x = 24;
    for (String stem : evaluation.stems()) {
      g.setColor(colour(stem));
      g.fill(new Ellipse2D.Double(x, 57, 11, 11));
      g.setColor(INK);
      g.drawString(stem, x + 18, 68);
      x += 40 + g.getFontMetrics().stringWidth(stem);
    }
    g.setColor(FAINT.darker());
    g.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(new Line2D.Double(x + 10, 63, x + 50, 63));
    g.setColor(INK);
    g.drawString("from a quarter of the mix to the ideal ratio mask", x + 60, 68);
  }

  private void band(int row) {
    g.setColor(row % 2 == 0 ? BAND : GROUND);
    g.fill(new Rectangle2D.Double(24, TOP + (double) row * rowHeight, WIDTH - 48.0, rowHeight));
  }

  private void axis() {
    int bottom = image.getHeight() - BOTTOM;
    g.setFont(font(Font.PLAIN, 14));
    FontMetrics metrics = g.getFontMetrics();
    for (double decibels = least; decibels <= most; decibels += 5) {
      g.setColor(decibels == 0 ? INK : FAINT);
      g.setStroke(new BasicStroke(decibels == 0 ? 1.5f : 1));
      g.draw(new Line2D.Double(x(decibels), TOP, x(decibels), bottom));
      String text = String.format(Locale.ROOT, "%.0f", decibels);
      g.setColor(INK);
      g.drawString(text, (float) (x(decibels) - metrics.stringWidth(text) / 2.0), bottom + 20f);
    }
    String unit = "uSDR in dB, more is better";
    g.drawString(
        unit, (float) ((left + WIDTH - RIGHT - metrics.stringWidth(unit)) / 2.0), bottom + 42f);
  }

  private void name(int row, String name, int style) {
    g.setFont(font(style, 15));
    g.setColor(INK);
    FontMetrics metrics = g.getFontMetrics();
    String text = name;
    for (int end = name.length() - 1; metrics.stringWidth(text) > LONGEST_NAME && end > 0; end--) {
      text = name.substring(0, end) + "…";
    }
    g.drawString(text, 32, (float) (TOP + (row + 0.5) * rowHeight + 5));
  }

  private void dot(int row, String stem, StemScores scores) {
    double y = TOP + (double) row * rowHeight + 5 + LANE * (lane(stem) + 0.5);
    if (Double.isFinite(scores.floorUsdr() + scores.irmUsdr())) {
      Color colour = colour(stem);
      g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70));
      g.setStroke(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
      g.draw(new Line2D.Double(x(scores.floorUsdr()), y, x(scores.irmUsdr()), y));
    }
    if (Double.isFinite(scores.usdr())) {
      g.setColor(colour(stem));
      g.fill(new Ellipse2D.Double(x(scores.usdr()) - 6, y - 6, 12, 12));
    }
  }

  private int lane(String stem) {
    return evaluation.stems().indexOf(stem);
  }

  private double x(double decibels) {
    return left + (decibels - least) / (most - least) * (WIDTH - RIGHT - left);
  }

  private int nameWidth() {
    FontMetrics metrics = g.getFontMetrics(font(Font.PLAIN, 15));
    return evaluation.songs().stream()
        .mapToInt(song -> Math.min(LONGEST_NAME, metrics.stringWidth(song.song())))
        .reduce(60, Math::max);
  }

  private DoubleStream values() {
    return evaluation.songs().stream()
        .flatMap(song -> song.stems().values().stream())
        .flatMapToDouble(s -> DoubleStream.of(s.usdr(), s.floorUsdr(), s.irmUsdr()))
        .filter(Double::isFinite);
  }

  private static Color colour(String stem) {
    return COLOURS.getOrDefault(stem, INK);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
