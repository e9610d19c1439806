package dev.stemfleet.common.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/// Native memory that belongs together, freed in reverse order of its making.
///
/// For owners that need several handles, of which a later one may fail: whatever was made until
/// then is freed by one call. Confined to one thread at a time.
public final class NativeHandles implements AutoCloseable {
  private final Deque<Runnable> frees = new ArrayDeque<>();

  /// Takes over a handle that FFmpeg allocated.
  ///
  /// @param free the matching function, called once
  /// @throws OutOfMemoryError if FFmpeg returned no handle
  public <P extends Pointer> P own(P handle, Consumer<? super P> free) {
    if (Pointer.isNull(handle)) {
      throw new OutOfMemoryError("FFmpeg could not allocate");
    }
    frees.push(() -> free.accept(handle));
    return handle;
  }

  /// Takes over memory that JavaCPP allocated.
  public <P extends Pointer> P own(P memory) {
    frees.push(memory::close);
    return memory;
  }

  /// Takes over anything else that holds native memory.
  public void onClose(Runnable free) {
    frees.push(free);
  }

  @Override
  public void close() {
    while (!frees.isEmpty()) {
      frees.pop().run();
    }
  }
}
