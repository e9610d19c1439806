package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A playlist (`.m3u`, `.m3u8`): one path or address a line, `#` begins a comment, `#EXTINF` says
/// what the next line is called.
///
/// Read as UTF-8; a file that is none is taken for Windows-1252, as old players write it.
final class Playlist {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String TITLE = "#EXTINF:";

  private Playlist() {}

  /// @param number of the line, from 1
  /// @param fallback what the playlist calls it
  record Line(int number, String text, TrackFields fallback) {}

  /// @throws ConfigException if it cannot be read
  static List<Line> read(Path file) {
    List<Line> lines = new ArrayList<>();
    TrackFields called = TrackFields.NONE;
    int number = 0;
    for (String raw : text(file).lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.startsWith(TITLE)) {
        called = called(line.substring(TITLE.length()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(new Line(number, line, called));
        called = TrackFields.NONE;
      }
    }
    return lines;
  }

  /// `123,Artist - Title` or `123,Title`.
  private static TrackFields called(String text) {
    String name = text.substring(text.indexOf(',') + 1).strip();
    if (name.isEmpty() || name.length() > TrackFields.MAX_CHARACTERS) {
      return TrackFields.NONE;
    }
    int dash = name.indexOf(" - ");
    return dash < 1
        ? TrackFields.titled(null, name)
        : TrackFields.titled(name.substring(0, dash).strip(), name.substring(dash + 3).strip());
  }

  private static String text(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigException(file, "cannot be read: " + e.getMessage());
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, Charset.forName("windows-1252"));
    }
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
