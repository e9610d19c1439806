package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stemfleet.common.domain.ModelSpec.Dtype;
import dev.stemfleet.common.domain.TensorShape;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/// Tensors in the types that a network's file asks for. The caller closes them.
final class SpeechTensors {
  private SpeechTensors() {}

  /// A tensor for one run: 32-bit floats, rounded if the network wants 16 bits.
  ///
  /// @param arena that outlives it
  static OnnxTensor floats(Arena arena, Dtype type, float[] values, long... shape)
      throws OrtException {
    HostTensor tensor = HostTensor.allocate(arena, TensorShape.of(shape), type);
    tensor.put(0, values, 0, values.length);
    return tensor.part(0, shape[0]);
  }

  /// A tensor without numbers, one of whose sizes is 0.
  static OnnxTensor nothing(Dtype type, long... shape) throws OrtException {
    return switch (type) {
      case FLOAT16 ->
          OnnxTensor.createTensor(
              Sessions.environment(), ShortBuffer.allocate(0), shape, OnnxJavaType.FLOAT16);
      case FLOAT32, MIXED ->
          OnnxTensor.createTensor(Sessions.environment(), FloatBuffer.allocate(0), shape);
    };
  }

  static OnnxTensor wholes(long[] values, long... shape) throws OrtException {
    LongBuffer buffer = longs(values.length).put(0, values);
    return OnnxTensor.createTensor(Sessions.environment(), buffer, shape);
  }

  /// A copy of an output, as 32-bit floats.
  static float[] floats(OrtSession.Result result, String output) throws OrtException {
    FloatBuffer buffer = tensor(result, output).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  static long[] wholes(OrtSession.Result result, String output) throws OrtException {
    LongBuffer buffer = tensor(result, output).getLongBuffer();
    long[] values = new long[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  static OnnxTensor tensor(OrtSession.Result result, String output) {
    return (OnnxTensor)
        result
            .get(output)
            .orElseThrow(() -> new IllegalStateException("the network gives no " + output));
  }

  /// Outside the heap, where ONNX Runtime reads it in place.
  static LongBuffer longs(int count) {
    return ByteBuffer.allocateDirect(count * Long.BYTES)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
  }
}
