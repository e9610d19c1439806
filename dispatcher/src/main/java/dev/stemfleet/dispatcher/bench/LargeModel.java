package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.domain.Sha256;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A network as large as real ones that does as little as possible when it runs: a chain of matrix
/// products over a short segment. Its definition lies beside it.
///
/// Field numbers are those of `onnx.proto`. Weights are random, always the same, and keep the
/// signal's size: with `1/n` of variance times two per layer, as ReLU halves it.
final class LargeModel {
  static final String ID = "large";

  private static final int WIDTH = 2048;
  private static final int ROWS = 8;
  private static final int SAMPLES = WIDTH * ROWS / 2;
  private static final int FLOAT = 1;
  private static final int LONG = 7;
  private static final int BYTES_OF_A_LAYER = WIDTH * WIDTH * Float.BYTES;

  private final SplittableRandom random = new SplittableRandom(1);
  private final int layers;

  private LargeModel(int layers) {
    this.layers = layers;
  }

  /// Writes network and definition into a folder.
  ///
  /// @param megabytes of weights, at least those of one layer
  /// @return the network's file
  static Path write(Path folder, int megabytes) throws IOException {
    int layers = Math.max(1, Math.round(megabytes * 1e6f / BYTES_OF_A_LAYER));
    Path file = folder.resolve(ID + ".onnx");
    new LargeModel(layers).write(file);
    Files.writeString(folder.resolve(ID + ".yaml"), definition(file));
    return file;
  }

  private static String definition(Path file) throws IOException {
    return """
        id: %s
        revision: 1
        layout:
          kind: waveform
        files:
          - path: %s
            sha256: %s
            bytes: %d
        stems: [vocals, drums, bass, other]
        sound:
          sampleRateHz: 44100
          channels: 2
        segments:
          samples: %d
          strideSamples: %d
          window: fade
        trackNormalisation: none
        licence: Apache-2.0
        source: made by a bench, of random weights
        """
        .formatted(
            ID, file.getFileName(), Sha256.ofFile(file), Files.size(file), SAMPLES, SAMPLES / 2);
  }

  private void write(Path file) throws IOException {
    byte[] nodes = nodes();
    byte[] head = tensorHead("w000", FLOAT, WIDTH, WIDTH);
    long tensor =
        (long) head.length + lengthDelimited(9, BYTES_OF_A_LAYER).length + BYTES_OF_A_LAYER;
    long layer = lengthDelimited(5, tensor).length + tensor;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(number(1, 8));
      out.write(field(8, number(2, 17)));
      out.write(lengthDelimited(7, nodes.length + (long) layers * layer));
      out.write(nodes);
      for (int i = 0; i < layers; i++) {
        out.write(lengthDelimited(5, tensor));
        out.write(tensorHead("w%03d".formatted(i), FLOAT, WIDTH, WIDTH));
        out.write(lengthDelimited(9, BYTES_OF_A_LAYER));
        out.write(weights());
      }
    }
  }

  /// Everything but the weights.
  private byte[] nodes() throws IOException {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    graph.write(node("Reshape", "h000", "mix", "rows"));
    for (int i = 0; i < layers; i++) {
      graph.write(node("MatMul", "m%03d".formatted(i), "h%03d".formatted(i), "w%03d".formatted(i)));
      graph.write(node("Relu", "h%03d".formatted(i + 1), "m%03d".formatted(i)));
    }
    graph.write(node("Reshape", "one", "h%03d".formatted(layers), "sound"));
    graph.write(node("Mul", "stems", "one", "gains"));
    graph.write(text(2, "large"));
    graph.write(initializer("rows", LONG, longs(ROWS, WIDTH), 2));
    graph.write(initializer("sound", LONG, longs(1, 1, 2, SAMPLES), 4));
    ByteBuffer gains = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int stem = 0; stem < 4; stem++) {
      gains.putFloat(0.25f);
    }
    graph.write(initializer("gains", FLOAT, gains.array(), 1, 4, 1, 1));
    graph.write(field(11, value("mix", 1, 2, SAMPLES)));
    graph.write(field(12, value("stems", 1, 4, 2, SAMPLES)));
    return graph.toByteArray();
  }

  private byte[] weights() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES_OF_A_LAYER).order(ByteOrder.LITTLE_ENDIAN);
    float largest = (float) Math.sqrt(6.0 / WIDTH);
    while (buffer.hasRemaining()) {
      long bits = random.nextLong();
      buffer.putFloat(largest * ((int) bits * 0x1p-31f));
      buffer.putFloat(largest * ((int) (bits >>> 32) * 0x1p-31f));
    }
    return buffer.array();
  }

  private static byte[] node(String operator, String output, String... inputs) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs) {
      node.writeBytes(text(1, input));
    }
    node.writeBytes(text(2, output));
    node.writeBytes(text(4, operator));
    return field(1, node.toByteArray());
  }

  private static byte[] tensorHead(String name, int type, long... dimensions) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long dimension : dimensions) {
      tensor.writeBytes(number(1, dimension));
    }
    tensor.writeBytes(number(2, type));
    tensor.writeBytes(text(8, name));
    return tensor.toByteArray();
  }

  private static byte[] initializer(String name, int type, byte[] raw, long... dimensions) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    tensor.writeBytes(tensorHead(name, type, dimensions));
    tensor.writeBytes(field(9, raw));
    return field(5, tensor.toByteArray());
  }

  private static byte[] value(String name, long... dimensions) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (long dimension : dimensions) {
      shape.writeBytes(field(1, number(1, dimension)));
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    tensor.writeBytes(number(1, FLOAT));
    tensor.writeBytes(field(2, shape.toByteArray()));
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(text(1, name));
    value.writeBytes(field(2, field(1, tensor.toByteArray())));
    return value.toByteArray();
  }

  private static byte[] longs(long... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }

  private static byte[] text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int field, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(lengthDelimited(field, content.length));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static byte[] lengthDelimited(int field, long length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, ((long) field << 3) | 2);
    varint(bytes, length);
    return bytes.toByteArray();
  }

  private static byte[] number(int field, long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, (long) field << 3);
    varint(bytes, value);
    return bytes.toByteArray();
  }

  private static void varint(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
