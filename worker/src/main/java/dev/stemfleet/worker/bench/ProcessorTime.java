package dev.stemfleet.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.stemfleet.common.bench.Contender;
import java.lang.management.ManagementFactory;

/// What work takes: seconds on the clock and seconds of all processors together, by whichever
/// threads of this process.
///
/// @param wall on the clock
/// @param processors added up; more than `wall` where several threads work
record ProcessorTime(double wall, double processors) {
  static ProcessorTime of(Contender.Work work) throws Exception {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long processorsBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    work.run();
    return new ProcessorTime(
        (System.nanoTime() - before) / 1e9, (system.getProcessCpuTime() - processorsBefore) / 1e9);
  }
}
