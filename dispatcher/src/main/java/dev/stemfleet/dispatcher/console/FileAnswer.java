package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A file, whole or a part of it, so that players can seek.
final class FileAnswer {
  private static final int CHUNK = 1 << 16;
  private static final Map<String, String> TYPES =
      Map.of(
          "mp4", "video/mp4",
          "mp3", "audio/mpeg",
          "flac", "audio/flac",
          "wav", "audio/wav",
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp",
          "gif", "image/gif",
          "json", "application/json");

  private FileAnswer() {}

  /// @param file that really lies there: no link is followed
  static Answer of(Request request, Path file) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!facts.isRegularFile()) {
      throw new RequestRefused(404, "there is no such file");
    }
    long size = facts.size();
    String mark = "\"%x-%x\"".formatted(size, facts.lastModifiedTime().toMillis());
    boolean unchanged = request.header("If-Range").map(mark::equals).orElse(true);
    Optional<ByteRange> range =
        request.header("Range").filter(header -> unchanged).flatMap(h -> ByteRange.of(h, size));
    if (range.isPresent() && !range.get().satisfiable()) {
      return Answer.line(416, "the file ends before").with("Content-Range", "bytes */" + size);
    }
    ByteRange part = range.orElse(new ByteRange(0, size - 1));
    Answer answer =
        new Answer(
            range.isPresent() ? 206 : 200,
            type(file),
            Map.of("Accept-Ranges", "bytes", "ETag", mark, "Cache-Control", "private, no-cache"),
            new Answer.Body.Whole(part.bytes(), out -> copy(file, part, out)));
    return range.isPresent()
        ? answer.with("Content-Range", "bytes %d-%d/%d".formatted(part.from(), part.to(), size))
        : answer;
  }

  private static String type(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }

  private static void copy(Path file, ByteRange part, OutputStream out) throws IOException {
    try (FileChannel in =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      WritableByteChannel client = Channels.newChannel(out);
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      long at = part.from();
      while (at <= part.to()) {
        chunk.clear().limit((int) Math.min(CHUNK, part.to() - at + 1));
        int read = in.read(chunk, at);
        if (read < 0) {
          throw new IOException(file + " became shorter");
        }
        at += read;
        client.write(chunk.flip());
      }
    }
  }
}
