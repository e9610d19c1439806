package dev.stemfleet.worker.model;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What CUDA's runtime, which ONNX Runtime has loaded by then, says of a GPU's memory: all of it,
/// whoever uses it. Empty where it cannot be asked. Thread-safe.
@SuppressWarnings("restricted") // functions of a library
final class CudaMemory implements Supplier<Optional<DeviceMemory.Seen>> {
  private static final Logger LOG = LoggerFactory.getLogger(CudaMemory.class);
  private static final String LIBRARY = "libcudart.so.12";

  private final int index;
  private @Nullable Functions functions;
  private boolean silent;

  /// `cudaSetDevice(int)` and `cudaMemGetInfo(size_t *free, size_t *total)`; both return 0 if all
  /// went well.
  private record Functions(MethodHandle setDevice, MethodHandle memGetInfo) {
    static Functions find() {
      SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
      Linker linker = Linker.nativeLinker();
      return new Functions(
          linker.downcallHandle(
              library.findOrThrow("cudaSetDevice"),
              FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)),
          linker.downcallHandle(
              library.findOrThrow("cudaMemGetInfo"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS)));
    }
  }

  /// @param index as CUDA counts the devices that it may see
  CudaMemory(int index) {
    this.index = index;
  }

  @Override
  public synchronized Optional<DeviceMemory.Seen> get() {
    if (silent) {
      return Optional.empty();
    }
    try {
      return Optional.of(ask());
    } catch (Throwable e) {
      // Of a method handle; none of them concerns the worker's work.
      silent = true;
      LOG.atWarn().log("the memory of cuda:{} cannot be shown: {}", index, e.getMessage());
      return Optional.empty();
    }
  }

  private DeviceMemory.Seen ask() throws Throwable {
    Functions all = functions == null ? Functions.find() : functions;
    functions = all;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment free = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment total = arena.allocate(ValueLayout.JAVA_LONG);
      require("cudaSetDevice", (int) all.setDevice().invokeExact(index));
      require("cudaMemGetInfo", (int) all.memGetInfo().invokeExact(free, total));
      return new DeviceMemory.Seen(
          total.get(ValueLayout.JAVA_LONG, 0), free.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  private static void require(String function, int code) {
    if (code != 0) {
      throw new IllegalStateException(function + " answers " + code);
    }
  }
}
