package dev.stemfleet.worker.render;

import java.util.function.IntUnaryOperator;

/// The sample tables that both tracks have alike (ISO/IEC 14496-12 §8.7).
final class SampleTables {
  private SampleTables() {}

  /// `stsc`: how many samples each chunk has, runs of equal counts as one entry.
  static void samplesPerChunk(BoxWriter stbl, int chunks, IntUnaryOperator count) {
    BoxWriter entries = new BoxWriter();
    int runs = 0;
    int last = -1;
    for (int chunk = 0; chunk < chunks; chunk++) {
      int samples = count.applyAsInt(chunk);
      if (samples != last && samples > 0) {
        entries.u32(chunk + 1L).u32(samples).u32(1);
        runs++;
        last = samples;
      }
    }
    int entryCount = runs;
    stbl.fullBox("stsc", 0, 0, stsc -> stsc.u32(entryCount).bytes(entries.bytes()));
  }

  /// `stco`, or `co64` for files that need it.
  static void chunkOffsets(BoxWriter stbl, long[] offsets, boolean longOffsets) {
    stbl.fullBox(
        longOffsets ? "co64" : "stco",
        0,
        0,
        box -> {
          box.u32(offsets.length);
          for (long offset : offsets) {
            if (longOffsets) {
              box.u64(offset);
            } else {
              box.u32(offset);
            }
          }
        });
  }
}
