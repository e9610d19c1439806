import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/// A stem's icon: a white sign on a coloured tile, each of another colour and outline so that they
/// are told apart at 80 pixels. Signs are drawn on a grid of 100.
enum Icons {
  ACAPELLA(0xF0468C, 0xB3246B) {
    @Override
    void sign(Graphics2D g) {
      g.fill(new RoundRectangle2D.Double(39, 17, 22, 40, 22, 22));
      g.setStroke(pen(5.5));
      g.draw(new Arc2D.Double(29, 26, 42, 42, 180, 180, Arc2D.OPEN));
      g.draw(new Line2D.Double(50, 68, 50, 80));
      g.draw(new Line2D.Double(36, 82, 64, 82));
    }
  },
  DRUMS(0xFF9A3C, 0xD9571E) {
    @Override
    void sign(Graphics2D g) {
      g.setStroke(pen(5));
      g.draw(new Line2D.Double(24, 17, 47, 40));
      g.draw(new Line2D.Double(76, 17, 53, 40));
      g.fill(new Ellipse2D.Double(19, 12, 10, 10));
      g.fill(new Ellipse2D.Double(71, 12, 10, 10));
      g.draw(new Ellipse2D.Double(22, 37, 56, 20));
      Path2D shell = new Path2D.Double();
      shell.moveTo(22, 47);
      shell.lineTo(22, 72);
      shell.curveTo(22, 86, 78, 86, 78, 72);
      shell.lineTo(78, 47);
      g.draw(shell);
      g.draw(new Line2D.Double(38, 57, 38, 80));
      g.draw(new Line2D.Double(62, 57, 62, 80));
    }
  },
  BASS(0x3FBF6B, 0x1F7F4C) {
    @Override
    void sign(Graphics2D g) {
      Path2D clef = new Path2D.Double();
      clef.moveTo(29, 40);
      clef.curveTo(29, 14, 66, 14, 66, 42);
      clef.curveTo(66, 62, 48, 74, 28, 83);
      g.setStroke(pen(7.5));
      g.draw(clef);
      g.fill(new Ellipse2D.Double(26, 32, 20, 20));
      g.fill(new Ellipse2D.Double(74, 25, 11, 11));
      g.fill(new Ellipse2D.Double(74, 45, 11, 11));
    }
  },
  MELODY(0xA565F0, 0x6A33B8) {
    @Override
    void sign(Graphics2D g) {
      g.fill(new Ellipse2D.Double(18, 64, 23, 18));
      g.fill(new Ellipse2D.Double(58, 56, 23, 18));
      g.setStroke(pen(5.5));
      g.draw(new Line2D.Double(38.5, 72, 38.5, 28));
      g.draw(new Line2D.Double(78.5, 64, 78.5, 20));
      Path2D beam = new Path2D.Double();
      beam.moveTo(36, 26);
      beam.lineTo(81.2, 17);
      beam.lineTo(81.2, 31);
      beam.lineTo(36, 40);
      beam.closePath();
      g.fill(beam);
    }
  },
  INSTRUMENTAL(0x3D8BF2, 0x1F52B5) {
    @Override
    void sign(Graphics2D g) {
      g.fill(new RoundRectangle2D.Double(17, 22, 66, 56, 9, 9));
      g.setColor(new Color(0x2A66CC));
      for (int key = 1; key < 4; key++) {
        double x = 17 + key * 16.5;
        g.setStroke(pen(2.6));
        g.draw(new Line2D.Double(x, 24, x, 76));
        g.fill(new RoundRectangle2D.Double(x - 5, 20, 10, 35, 4, 4));
      }
    }
  },
  NARRATION(0x22B8B0, 0x11757F) {
    @Override
    void sign(Graphics2D g) {
      g.fill(new RoundRectangle2D.Double(17, 20, 66, 48, 22, 22));
      Path2D tail = new Path2D.Double();
      tail.moveTo(29, 60);
      tail.lineTo(28, 85);
      tail.lineTo(52, 66);
      tail.closePath();
      g.fill(tail);
      g.setColor(new Color(0x188C93));
      g.setStroke(pen(5.5));
      g.draw(new Line2D.Double(31, 37, 69, 37));
      g.draw(new Line2D.Double(31, 51, 57, 51));
    }
  };

  private final Color upper;
  private final Color lower;

  Icons(int upper, int lower) {
    this.upper = new Color(upper);
    this.lower = new Color(lower);
  }

  /// Draws the sign in the current colour.
  abstract void sign(Graphics2D g);

  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".png";
  }

  BufferedImage draw(int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.scale(side / 100.0, side / 100.0);
    RoundRectangle2D tile = new RoundRectangle2D.Double(3, 3, 94, 94, 42, 42);
    g.setPaint(new GradientPaint(0, 3, upper, 0, 97, lower));
    g.fill(tile);
    // A light rim keeps the tile apart from dark and from bright covers.
    g.setColor(new Color(255, 255, 255, 210));
    g.setStroke(pen(3.6));
    g.draw(tile);
    g.setColor(Color.WHITE);
    sign(g);
    g.dispose();
    return image;
  }

  private static BasicStroke pen(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
