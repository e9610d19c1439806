package dev.stemfleet.worker.audio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/// A tagged copy of an MP3 file: an ID3v2.3 tag in front of the MPEG frames, byte for byte.
///
/// FFmpeg's own remux would drop the LAME header and write another, with the encoder's delay lost;
/// so it writes the tag only.
final class TaggedMp3 {
  /// What an MP3 file starts with if it starts with a tag: `ID3`, version, flags and the size of
  /// what follows as four times 7 bits (ID3v2.3.0, section 3.1).
  private static final int ID3_HEADER_BYTES = 10;

  private static final int ID3_FOOTER_FLAG = 0x10;

  private TaggedMp3() {}

  /// @param sound the same file as `from`
  static void write(Path from, CodedSound sound, AudioTags tags, Path to) {
    Map<String, String> tagOnly = Map.of("id3v2_version", "3", "write_xing", "0");
    try (SoundContainer tag =
        new SoundContainer(to, SoundFormat.MP3, tags, sound.coding(), sound.timeBase(), tagOnly)) {
      tag.finish();
    }
    try (FileChannel in = FileChannel.open(from, READ);
        FileChannel out = FileChannel.open(to, APPEND)) {
      long at = tagBytes(in);
      while (at < in.size()) {
        at += in.transferTo(at, in.size() - at, out);
      }
    } catch (IOException e) {
      throw OutputFailure.of(to, e);
    }
  }

  private static long tagBytes(FileChannel in) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(ID3_HEADER_BYTES);
    if (in.read(header, 0) < ID3_HEADER_BYTES
        || header.get(0) != 'I'
        || header.get(1) != 'D'
        || header.get(2) != '3') {
      return 0;
    }
    long size = 0;
    for (int i = 6; i < ID3_HEADER_BYTES; i++) {
      size = size << 7 | header.get(i);
    }
    boolean footer = (header.get(5) & ID3_FOOTER_FLAG) != 0;
    return size + ID3_HEADER_BYTES + (footer ? ID3_HEADER_BYTES : 0);
  }
}
