package dev.stemfleet.worker.render;

/// The sample tables of the pictures: H.264 at a constant rate (ISO/IEC 14496-15 §5).
record PictureTables(PictureTrack track, Chunks chunks, boolean longOffsets) {
  /// Fine enough that players' roundings do not matter, as usual for MP4.
  private static final int TICKS_PER_FRAME = 512;

  private static final int BT_709 = 1;
  private static final int DOTS_PER_INCH_72 = 0x480000;

  int timescale() {
    return track.framesPerSecond() * TICKS_PER_FRAME;
  }

  long duration() {
    return track.frames() * TICKS_PER_FRAME;
  }

  void write(BoxWriter stbl) {
    stbl.fullBox("stsd", 0, 0, stsd -> stsd.u32(1).box("avc1", this::sampleEntry));
    stbl.fullBox("stts", 0, 0, stts -> stts.u32(1).u32(track.frames()).u32(TICKS_PER_FRAME));
    stbl.fullBox("stss", 0, 0, this::intraPictures);
    SampleTables.samplesPerChunk(
        stbl,
        chunks.count(),
        chunk -> (int) (chunks.firstFrame(chunk + 1) - chunks.firstFrame(chunk)));
    stbl.fullBox("stsz", 0, 0, this::sizes);
    SampleTables.chunkOffsets(stbl, chunks.pictureOffsets(), longOffsets);
  }

  private void sampleEntry(BoxWriter avc1) {
    avc1.zeros(6).u16(1).zeros(16);
    avc1.u16(track.width()).u16(track.height());
    avc1.u32(DOTS_PER_INCH_72).u32(DOTS_PER_INCH_72).u32(0).u16(1);
    avc1.zeros(32).u16(24).u16(0xFFFF);
    avc1.box("avcC", avcC -> avcC.bytes(track.group().header()));
    avc1.box("colr", colr -> colr.text("nclx").u16(BT_709).u16(BT_709).u16(BT_709).u8(0));
    avc1.box("pasp", pasp -> pasp.u32(1).u32(1));
  }

  private void intraPictures(BoxWriter stss) {
    int[] inGroup = track.group().intraPictures();
    BoxWriter numbers = new BoxWriter();
    for (long start = 0; start < track.frames(); start += track.groupLength()) {
      for (int frame : inGroup) {
        if (start + frame < track.frames()) {
          numbers.u32(start + frame + 1);
        }
      }
    }
    stss.u32(numbers.size() / Integer.BYTES).bytes(numbers.bytes());
  }

  private void sizes(BoxWriter stsz) {
    stsz.u32(0).u32(track.frames());
    for (long frame = 0; frame < track.frames(); frame++) {
      stsz.u32(track.sample(frame).length);
    }
  }
}
