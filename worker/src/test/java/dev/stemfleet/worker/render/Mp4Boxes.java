package dev.stemfleet.worker.render;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The boxes of an MP4 file, read by the tests' own eyes.
final class Mp4Boxes {
  private static final Set<String> CONTAINERS =
      Set.of("moov", "trak", "edts", "mdia", "minf", "stbl");

  private final List<String> names = new ArrayList<>();
  private final List<ByteBuffer> contents = new ArrayList<>();

  static Mp4Boxes of(Path file) throws IOException {
    Mp4Boxes boxes = new Mp4Boxes();
    boxes.read(ByteBuffer.wrap(Files.readAllBytes(file)), "");
    return boxes;
  }

  private void read(ByteBuffer bytes, String parent) {
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      long size = bytes.getInt();
      byte[] name = new byte[4];
      bytes.get(name);
      size = size == 1 ? bytes.getLong() : size;
      int end = Math.toIntExact(start + size);
      String text = new String(name, StandardCharsets.ISO_8859_1);
      ByteBuffer content = bytes.slice(bytes.position(), end - bytes.position());
      names.add(parent + text);
      contents.add(content);
      if (CONTAINERS.contains(text)) {
        read(content.duplicate(), parent + text + "/");
      }
      bytes.position(end);
    }
  }

  /// Paths such as `moov/trak/tkhd`, in the file's order.
  List<String> names() {
    return names;
  }

  /// The content of the only box whose path ends so.
  ByteBuffer only(String path) {
    List<ByteBuffer> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).endsWith(path)) {
        found.add(contents.get(i));
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " boxes " + path + " in " + names);
    }
    return found.getFirst();
  }
}
