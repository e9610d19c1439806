package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.file.Path;

/// What opening a network costs when nothing else is done: the yardstick for the start of a worker.
public final class BareSession {
  private BareSession() {}

  /// Opens a session with the settings of a resident model on the processor, and closes it.
  ///
  /// @param cpuThreads 0 = one per core
  /// @return seconds of the opening alone; ONNX Runtime itself is loaded before
  public static double seconds(Path file, int cpuThreads) throws OrtException {
    OrtEnvironment environment = Sessions.environment();
    Sessions sessions = new Sessions(new Device.Cpu(), cpuThreads);
    try (SessionOptions options = sessions.options()) {
      long start = System.nanoTime();
      OrtSession session =
          DeepStack.call(() -> environment.createSession(file.toString(), options));
      double seconds = (System.nanoTime() - start) / 1e9;
      session.close();
      return seconds;
    }
  }
}
