package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.jspecify.annotations.Nullable;

/// A session with the options it was opened with, which must live as long as it does.
///
/// @param watch on where its nodes run; null if they can run on their device only
record OpenSession(OrtSession session, OrtSession.SessionOptions options, @Nullable NodeWatch watch)
    implements AutoCloseable {

  /// One run of the network.
  interface Run {
    void run() throws OrtException;
  }

  /// To be called once, after the warm-up.
  ///
  /// @param again runs the network once more, if that is needed
  /// @throws dev.stemfleet.common.failure.JobException DEVICE_FAILED if too little of the network
  ///   runs on its device
  void warmed(Run again) throws OrtException {
    if (watch != null) {
      again.run();
      watch.end(session);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session cannot be closed", e);
    } finally {
      options.close();
      if (watch != null) {
        watch.close();
      }
    }
  }
}
