package dev.stemfleet.worker.model.graph;

import dev.stemfleet.worker.model.graph.OnnxGraph.Value;
import java.util.List;
import java.util.stream.LongStream;

/// A short-time Fourier transform and its inverse, of a stereo pair at once, as nodes of a graph.
///
/// Left and right are the real and the imaginary part of one complex signal. A transform of F = A · B
/// points is two matrix products (Cooley and Tukey 1965): with n = B·n1 + n2 and k = k1 + A·k2,
///
///     X[k1, k2] = Σ_n2 e^(−2πi·n2·k/F) · Σ_n1 e^(−2πi·n1·k1/A) · x[n1, n2]
///
/// The second product has its own matrix for every k1, which takes in the twiddle factors. Frames are
/// the last axis throughout, so that both products are wide and nothing is moved in between. Matrix
/// products have kernels on every device; the operators STFT and DFT do not. All tables come from one
/// list of cosines and are computed when the model is loaded: they are not in the file.
final class Fourier {
  /// Points of a frame.
  final int size;

  /// Samples from frame to frame.
  final int hop;

  /// Frames of a segment: every sample lies in size / hop of them.
  final int frames;

  private final OnnxGraph graph;
  private final int a;
  private final int b;
  private final int overlap;
  private final int blocks;
  private final Value window;
  private final Value first;
  private final Value second;

  Fourier(OnnxGraph graph, int size, int hop, int frames) {
    this.graph = graph;
    this.size = size;
    this.hop = hop;
    this.frames = frames;
    this.a = Integer.highestOneBit((int) Math.sqrt(size));
    this.b = size / a;
    this.overlap = size / hop;
    this.blocks = frames - overlap + 1;
    this.window = window();
    Value cosines = cosines();
    this.first = firstMatrix(cosines);
    this.second = secondMatrices(cosines);
  }

  /// Samples of a segment.
  int samples() {
    return blocks * hop;
  }

  /// `[1, 2, samples]` to a spectrum `[a, 2, b, frames]`: k1, real or imaginary, k2, frame.
  Value forward(Value wave) {
    int margin = (overlap - 1) * hop;
    Value padded = graph.pad(wave, 0, 0, margin, 0, 0, margin);
    Value rows = graph.reshape(padded, 2, blocks + 2L * (overlap - 1), hop);
    Value columns = graph.transpose(rows, 0, 2, 1);
    Value[] parts = new Value[overlap];
    for (int j = 0; j < overlap; j++) {
      parts[j] = graph.slice(columns, 2, j, j + frames);
    }
    Value framed = graph.mul(graph.concat(1, parts), window);
    Value inner = graph.matMul(first, graph.reshape(framed, 2L * a, (long) b * frames));
    Value outer = graph.matMul(second, graph.reshape(inner, a, 2L * b, frames));
    return graph.reshape(outer, a, 2, b, frames);
  }

  /// Spectra `[n, a, 2, b, frames]` to waves `[n, 2, samples]`.
  Value inverse(Value spectra, int n) {
    Value back = graph.transpose(second, 0, 2, 1);
    Value outer = graph.matMul(back, graph.reshape(spectra, n, a, 2L * b, frames));
    Value backFirst = graph.mul(graph.transpose(first, 1, 0), 1.0 / size);
    Value inner = graph.matMul(backFirst, graph.reshape(outer, n, 2L * a, (long) b * frames));
    Value framed = graph.mul(graph.reshape(inner, n, 2, size, frames), window);
    Value sum = part(framed, 0);
    for (int j = 1; j < overlap; j++) {
      sum = graph.add(sum, part(framed, j));
    }
    return graph.reshape(graph.transpose(sum, 0, 1, 3, 2), n, 2, samples());
  }

  /// What the j-th hop of the frames adds to the blocks of the segment.
  private Value part(Value framed, int j) {
    Value rows = graph.slice(framed, 2, (long) j * hop, (j + 1L) * hop);
    long from = overlap - 1L - j;
    return graph.slice(rows, 3, from, from + blocks);
  }

  /// Rows of the spectrum by frequency: `[size / 2 + 1, frames]`.
  ///
  /// @param mirrored whether to take bin size − k instead of bin k
  /// @param part 0 real, 1 imaginary
  Value bins(Value spectrum, boolean mirrored, int part) {
    long[] rows =
        LongStream.rangeClosed(0, size / 2)
            .map(k -> mirrored ? (size - k) % size : k)
            .map(k -> k % a * 2 * b + (long) part * b + k / a)
            .toArray();
    return graph.gather(graph.reshape(spectrum, 2L * size, frames), graph.wholes(rows), 0);
  }

  /// The other way round: `[n, 4 · (size / 2 + 1), frames]`, real and imaginary parts of bins k,
  /// then real and imaginary parts of bins size − k, to spectra `[n, a, 2, b, frames]`.
  Value joined(Value planes, int n) {
    int bins = size / 2 + 1;
    long[] rows =
        LongStream.range(0, 2L * size)
            .map(
                at -> {
                  long part = at / b % 2;
                  long k = at / (2L * b) + at % b * a;
                  return k < bins ? part * bins + k : (2 + part) * bins + size - k;
                })
            .toArray();
    return graph.reshape(graph.gather(planes, graph.wholes(rows), 1), n, a, 2, b, frames);
  }

  /// Square root of a periodic Hann window, scaled so that its squares add up to one.
  private Value window() {
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = (float) (StrictMath.sin(Math.PI * n / size) * Math.sqrt(2.0 / overlap));
    }
    return graph.floats(values, size, 1);
  }

  private Value cosines() {
    float[] values = new float[size];
    for (int n = 0; n < size; n++) {
      values[n] = (float) StrictMath.cos(2 * Math.PI * n / size);
    }
    return graph.floats(values, size);
  }

  /// `[(k1, part), (part, n1)]`.
  private Value firstMatrix(Value cosines) {
    Value products = graph.mul(range(a, 1, a, 1), range(a, b, 1, a));
    Value cos = turn(cosines, products, 0);
    Value sin = turn(cosines, products, 3 * size / 4);
    Value real = graph.reshape(graph.concat(1, cos, sin), a, 1, 2L * a);
    Value imaginary = graph.reshape(graph.concat(1, negative(sin), cos), a, 1, 2L * a);
    return graph.reshape(graph.concat(1, real, imaginary), 2L * a, 2L * a);
  }

  /// `[k1, (part, k2), (part, n2)]`.
  private Value secondMatrices(Value cosines) {
    Value k = graph.add(range(a, 1, a, 1, 1), range(b, a, 1, b, 1));
    Value products = graph.mul(k, range(b, 1, 1, 1, b));
    Value cos = turn(cosines, products, 0);
    Value sin = turn(cosines, products, 3 * size / 4);
    Value real = graph.concat(2, cos, sin);
    return graph.concat(1, real, graph.concat(2, negative(sin), cos));
  }

  /// The cosine of 2π · (steps + shift) / size; with a shift of three quarters, the sine.
  private Value turn(Value cosines, Value steps, int shift) {
    Value shifted = graph.add(steps, graph.wholes(shift));
    Value wrapped = graph.op("Mod", List.of(shifted, graph.wholes(size)));
    return graph.gather(cosines, wrapped, 0);
  }

  private Value negative(Value value) {
    return graph.apply("Neg", value);
  }

  private Value range(int count, int step, long... shape) {
    return graph.wholes(LongStream.range(0, count).map(i -> i * step).toArray(), shape);
  }
}
