package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/// Runs the networks of a speech model and adds up how long ONNX Runtime has them. One thread.
final class SpeechRuns {
  private long nanos;

  /// All outputs; the caller closes the result.
  OrtSession.Result run(OrtSession session, Map<String, ? extends OnnxTensorLike> inputs)
      throws OrtException {
    long start = System.nanoTime();
    try {
      return session.run(inputs);
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /// Some outputs that ONNX Runtime makes, and some into tensors that are there already; the caller
  /// closes the result.
  OrtSession.Result run(
      OrtSession session,
      Map<String, ? extends OnnxTensorLike> inputs,
      Set<String> made,
      Map<String, ? extends OnnxValue> filled)
      throws OrtException {
    long start = System.nanoTime();
    try {
      return session.run(inputs, made, filled, null);
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /// Of all runs so far.
  double seconds() {
    return nanos / 1e9;
  }
}
