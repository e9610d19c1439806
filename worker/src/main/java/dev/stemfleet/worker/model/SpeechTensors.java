package dev.stemfleet.worker.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/// Small tensors for one run, in the types that a network's file asks for. The caller closes them.
final class SpeechTensors {
  private SpeechTensors() {}

  /// A tensor for an input: 32-bit floats, rounded if the network wants 16 bits.
  static OnnxTensor floats(OrtSession session, String input, float[] values, long... shape)
      throws OrtException {
    return floats(type(session, input), values, shape);
  }

  static OnnxTensor floats(OnnxJavaType type, float[] values, long... shape) throws OrtException {
    OrtEnvironment environment = Sessions.environment();
    if (type == OnnxJavaType.FLOAT16) {
      ShortBuffer halves = bytes(values.length * Short.BYTES).asShortBuffer();
      for (int i = 0; i < values.length; i++) {
        halves.put(i, Float.floatToFloat16(values[i]));
      }
      return OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16);
    }
    return OnnxTensor.createTensor(
        environment, bytes(values.length * Float.BYTES).asFloatBuffer().put(0, values), shape);
  }

  static OnnxTensor wholes(long[] values, long... shape) throws OrtException {
    LongBuffer buffer = bytes(values.length * Long.BYTES).asLongBuffer().put(0, values);
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

  private static OnnxJavaType type(OrtSession session, String input) throws OrtException {
    NodeInfo node = session.getInputInfo().get(input);
    if (node == null || !(node.getInfo() instanceof TensorInfo info)) {
      throw new IllegalStateException("the network has no input " + input);
    }
    return info.type;
  }

  static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }
}
