package dev.stemfleet.worker.model;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Supplier;

/// How much memory a device has, and how much of it is free. Thread-safe.
public final class DeviceMemory {
  private final Supplier<Optional<Seen>> look;

  private DeviceMemory(Supplier<Optional<Seen>> look) {
    this.look = look;
  }

  /// At one moment.
  public record Seen(long totalBytes, long freeBytes) {}

  /// Of the processor it is the machine's memory, or what the container may have of it.
  public static DeviceMemory of(Device device) {
    return new DeviceMemory(
        switch (device) {
          case Device.Cpu() -> DeviceMemory::ofMachine;
          case Device.Cuda cuda -> new CudaMemory(cuda.index());
        });
  }

  /// Empty where nobody tells.
  public Optional<Seen> read() {
    return look.get();
  }

  private static Optional<Seen> ofMachine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
        ? Optional.of(new Seen(machine.getTotalMemorySize(), machine.getFreeMemorySize()))
        : Optional.empty();
  }
}
