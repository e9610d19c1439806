package dev.stemfleet.worker.bench;

import dev.stemfleet.common.bench.Contender;

/// What work takes: seconds on the clock and seconds of all processors together, by whichever
/// threads of this process.
///
/// @param wall on the clock
/// @param processors added up; more than `wall` where several threads work
record ProcessorTime(double wall, double processors) {
  static ProcessorTime of(Contender.Work work) throws Exception {
    double processorsBefore = BenchPool.cpuSeconds();
    long before = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - before) / 1e9;
    return new ProcessorTime(wall, BenchPool.cpuSeconds() - processorsBefore);
  }
}
