package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import java.util.concurrent.atomic.AtomicReference;

/// Runs one call on a thread with a deep stack.
///
/// Opening the environment of ONNX Runtime 1.29 recurses more than ten thousand calls deep where
/// the process has a long command line (seen with a class path of some 15 KB), which is more than
/// the 1 MB stack that threads of Java have; an overflow in native code ends the process without a
/// word. Opening a network walks its graph by recursion, too.
final class DeepStack {
  /// Reserved, not taken: only what is touched costs memory.
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  /// A call that may throw what ONNX Runtime throws.
  interface Call<T> {
    T call() throws OrtException;
  }

  static <T> T call(Call<T> work) throws OrtException {
    AtomicReference<T> answer = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                answer.set(work.call());
              } catch (OrtException | RuntimeException | Error e) {
                failure.set(e);
              }
            },
            "stemfleet-open-model",
            BYTES);
    thread.start();
    join(thread);
    return switch (failure.get()) {
      case null -> answer.get();
      case OrtException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    };
  }

  /// An interrupt does not end the call: ONNX Runtime cannot be stopped there.
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
