package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/// A session with the options it was opened with, which must live as long as it does.
record OpenSession(OrtSession session, OrtSession.SessionOptions options) implements AutoCloseable {
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session cannot be closed", e);
    } finally {
      options.close();
    }
  }
}
