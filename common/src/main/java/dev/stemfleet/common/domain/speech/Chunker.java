package dev.stemfleet.common.domain.speech;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a script into chunks: at speakers' tags `<speaker:id>`, then between sentences. Immutable.
///
/// @param language whose sentences these are
public record Chunker(ChunkLimits limits, Locale language) {
  private static final Pattern TAG = Pattern.compile("<speaker:([^>]*)>");
  private static final Pattern PARAGRAPH_END = Pattern.compile("\n[ \t\r]*\n[ \t\r\n]*$");

  /// Where one long sentence may be cut, the dearest first.
  private static final List<String> CUTS = List.of(";", "—", "–", "\"", ":", ",");

  /// Cuts a whole script. Sections without text are passed over.
  public List<Chunk> cut(String script) {
    String text = script.replace("\r\n", "\n").replace('\r', '\n');
    List<Chunk> chunks = new ArrayList<>();
    Matcher tags = TAG.matcher(text);
    String speaker = "";
    boolean tagged = false;
    int from = 0;
    while (tags.find()) {
      section(text.substring(from, tags.start()), speaker, tagged, chunks);
      speaker = tags.group(1).strip();
      tagged = true;
      from = tags.end();
    }
    section(text.substring(from), speaker, tagged, chunks);
    return List.copyOf(chunks);
  }

  private void section(String section, String speaker, boolean tagged, List<Chunk> chunks) {
    String text = section.stripLeading();
    if (text.isEmpty()) {
      return;
    }
    boolean turn = tagged;
    for (String piece : pieces(text)) {
      boolean paragraph = PARAGRAPH_END.matcher(piece).find();
      chunks.add(new Chunk(chunks.size(), piece, paragraph, speaker, turn));
      turn = false;
    }
  }

  private List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (String sentence : sentences(text)) {
      int length = length(piece);
      if (length > 0 && length + length(sentence) > limits.most()) {
        close(piece, pieces);
      }
      if (piece.isEmpty() && length(sentence) > limits.most()) {
        pieces.addAll(halves(sentence));
        continue;
      }
      piece.append(sentence);
      if (length(piece) >= limits.target()) {
        close(piece, pieces);
      }
    }
    close(piece, pieces);
    return pieces;
  }

  private static void close(StringBuilder piece, List<String> pieces) {
    if (!piece.isEmpty()) {
      pieces.add(piece.toString());
      piece.setLength(0);
    }
  }

  /// Sentences with the white space behind them.
  private List<String> sentences(String text) {
    BreakIterator ends = BreakIterator.getSentenceInstance(language);
    ends.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
      sentences.add(text.substring(from, to));
      from = to;
    }
    return sentences;
  }

  /// A sentence that is too long, cut once where both parts are short enough, as near to its middle
  /// as can be; whole if there is no such place.
  private List<String> halves(String sentence) {
    int best = -1;
    double nearest = Double.MAX_VALUE;
    double middle = length(sentence) / 2.0;
    for (String cut : CUTS) {
      for (int at = sentence.indexOf(cut); at >= 0; at = sentence.indexOf(cut, at + 1)) {
        int end = at + cut.length();
        String left = sentence.substring(0, end);
        double distance = Math.abs(length(left) - middle);
        if (distance < nearest && fits(left) && fits(sentence.substring(end).stripLeading())) {
          best = end;
          nearest = distance;
        }
      }
    }
    return best < 0
        ? List.of(sentence)
        : List.of(sentence.substring(0, best), sentence.substring(best).stripLeading());
  }

  private boolean fits(String part) {
    return !part.isBlank() && length(part) <= limits.most();
  }

  private static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }
}
