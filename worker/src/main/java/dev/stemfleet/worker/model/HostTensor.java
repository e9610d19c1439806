package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.Tensor;
import dev.stemfleet.common.domain.TensorShape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/// A tensor in memory outside the heap, which ONNX Runtime reads and writes in place. Lives as long
/// as its arena; used by one thread at a time.
abstract sealed class HostTensor implements Tensor {
  /// ONNX Runtime aligns its own tensors like this.
  private static final long ALIGNMENT = 64;

  private final MemorySegment memory;
  private final TensorShape shape;
  private final OnnxJavaType type;

  private HostTensor(MemorySegment memory, TensorShape shape, OnnxJavaType type) {
    this.memory = memory;
    this.shape = shape;
    this.type = type;
  }

  /// Zeros.
  ///
  /// @param dtype of this tensor, which is not mixed
  static HostTensor allocate(Arena arena, TensorShape shape, Dtype dtype) {
    MemorySegment memory = arena.allocate(bytes(shape, dtype), ALIGNMENT);
    return switch (dtype) {
      case FLOAT32 -> new Single(memory, shape);
      case FLOAT16 -> new Half(memory, shape);
      case MIXED -> throw new IllegalArgumentException("a tensor is of one type");
    };
  }

  /// What a tensor takes at most.
  ///
  /// @throws ArithmeticException if no number says how much
  static long bytes(TensorShape shape, Dtype dtype) {
    return Math.multiplyExact(
        shape.size(),
        switch (dtype) {
          case FLOAT32, MIXED -> Float.BYTES;
          case FLOAT16 -> Short.BYTES;
        });
  }

  @Override
  public final TensorShape shape() {
    return shape;
  }

  /// A part of this tensor along axis 0 for ONNX Runtime; the caller closes it.
  ///
  /// @param from index on axis 0
  /// @param count of indices
  final OnnxTensor part(long from, long count) throws OrtException {
    long[] dims = shape.dims().stream().mapToLong(Long::longValue).toArray();
    long step = memory.byteSize() / dims[0];
    dims[0] = count;
    ByteBuffer bytes =
        memory.asSlice(from * step, count * step).asByteBuffer().order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), bytes, dims, type);
  }

  final ByteBuffer bytes() {
    return memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /// float32: the numbers as they are.
  static final class Single extends HostTensor {
    private final FloatBuffer values;

    private Single(MemorySegment memory, TensorShape shape) {
      super(memory, shape, OnnxJavaType.FLOAT);
      this.values = bytes().asFloatBuffer();
    }

    @Override
    public void put(int at, float[] from, int offset, int count) {
      values.put(at, from, offset, count);
    }

    @Override
    public void get(int at, float[] to, int offset, int count) {
      values.get(at, to, offset, count);
    }
  }

  /// float16: rounded to the nearest on the way in. The loops over arrays become vector
  /// instructions.
  static final class Half extends HostTensor {
    private static final int AT_ONCE = 4096;

    private final ShortBuffer values;
    private final short[] some = new short[AT_ONCE];

    private Half(MemorySegment memory, TensorShape shape) {
      super(memory, shape, OnnxJavaType.FLOAT16);
      this.values = bytes().asShortBuffer();
    }

    @Override
    public void put(int at, float[] from, int offset, int count) {
      Objects.checkFromIndexSize(offset, count, from.length);
      Objects.checkFromIndexSize(at, count, values.capacity());
      for (int done = 0; done < count; done += AT_ONCE) {
        int now = Math.min(AT_ONCE, count - done);
        toHalf(from, offset + done, now);
        values.put(at + done, some, 0, now);
      }
    }

    @Override
    public void get(int at, float[] to, int offset, int count) {
      Objects.checkFromIndexSize(offset, count, to.length);
      Objects.checkFromIndexSize(at, count, values.capacity());
      for (int done = 0; done < count; done += AT_ONCE) {
        int now = Math.min(AT_ONCE, count - done);
        values.get(at + done, some, 0, now);
        toSingle(to, offset + done, now);
      }
    }

    private void toHalf(float[] from, int offset, int count) {
      for (int i = 0; i < count; i++) {
        some[i] = Float.floatToFloat16(from[offset + i]);
      }
    }

    private void toSingle(float[] to, int offset, int count) {
      for (int i = 0; i < count; i++) {
        to[offset + i] = Float.float16ToFloat(some[i]);
      }
    }
  }
}
