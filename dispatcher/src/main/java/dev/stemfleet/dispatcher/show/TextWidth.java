package dev.stemfleet.dispatcher.show;

import java.lang.Character.UnicodeBlock;
import java.util.Set;

/// How many columns text takes on a terminal, and text made to fit. Titles come in all scripts.
///
/// East Asian wide letters and emoji take two columns (Unicode Standard Annex 11), combining marks
/// and format characters none. Control characters are shown as spaces, so that no title can move
/// the cursor.
public final class TextWidth {
  private static final String ELLIPSIS = "…";
  private static final Set<UnicodeBlock> WIDE_BLOCKS =
      Set.of(
          UnicodeBlock.HANGUL_JAMO,
          UnicodeBlock.CJK_RADICALS_SUPPLEMENT,
          UnicodeBlock.KANGXI_RADICALS,
          UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
          UnicodeBlock.HIRAGANA,
          UnicodeBlock.KATAKANA,
          UnicodeBlock.BOPOMOFO,
          UnicodeBlock.HANGUL_COMPATIBILITY_JAMO,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_A,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS,
          UnicodeBlock.HANGUL_SYLLABLES,
          UnicodeBlock.CJK_COMPATIBILITY_IDEOGRAPHS,
          UnicodeBlock.CJK_COMPATIBILITY_FORMS,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_B);

  private TextWidth() {}

  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /// Text in exactly `columns` columns: cut with `…`, or filled with spaces at its end.
  public static String fit(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - of(cut)));
  }

  /// Text in at most `columns` columns, without control characters.
  public static String cut(String text, int columns) {
    String clean = text.replaceAll("\\p{Cntrl}", " ");
    if (of(clean) <= columns) {
      return clean;
    }
    StringBuilder out = new StringBuilder();
    int used = 0;
    for (int codePoint : clean.codePoints().toArray()) {
      used += of(codePoint);
      if (used > columns - 1) {
        break;
      }
      out.appendCodePoint(codePoint);
    }
    return columns < 1 ? "" : out + ELLIPSIS;
  }

  private static int of(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  private static boolean isWide(int codePoint) {
    boolean fullWidthForm = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    return fullWidthForm
        || Character.isEmojiPresentation(codePoint)
        || WIDE_BLOCKS.contains(UnicodeBlock.of(codePoint));
  }
}
