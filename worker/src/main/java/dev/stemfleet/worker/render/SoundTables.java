package dev.stemfleet.worker.render;

/// The sample tables of the sound: AAC-LC (ISO/IEC 14496-14 §5.6), the last packet cut to the
/// source's length.
record SoundTables(SoundTrack track, Chunks chunks, boolean longOffsets) {
  private static final int OBJECT_TYPE_AAC = 0x40;
  private static final int STREAM_TYPE_AUDIO = 0x15;

  void write(BoxWriter stbl) {
    stbl.fullBox("stsd", 0, 0, stsd -> stsd.u32(1).box("mp4a", this::sampleEntry));
    stbl.fullBox("stts", 0, 0, this::durations);
    SampleTables.samplesPerChunk(
        stbl, chunks.count(), chunk -> chunks.firstPacket(chunk + 1) - chunks.firstPacket(chunk));
    stbl.fullBox("stsz", 0, 0, this::sizes);
    SampleTables.chunkOffsets(stbl, chunks.soundOffsets(), longOffsets);
    rollGroup(stbl);
  }

  private void sampleEntry(BoxWriter mp4a) {
    mp4a.zeros(6).u16(1).zeros(8);
    mp4a.u16(track.channels()).u16(16).u32(0);
    mp4a.u16(track.audio().sampleRateHz()).u16(0);
    mp4a.fullBox("esds", 0, 0, this::decoderDescription);
  }

  /// ISO/IEC 14496-1 §7.2.6: elementary stream, decoder and its configuration, sync layer.
  private void decoderDescription(BoxWriter esds) {
    byte[] configuration = track.configuration();
    BoxWriter decoder = new BoxWriter();
    decoder.u8(OBJECT_TYPE_AAC).u8(STREAM_TYPE_AUDIO).u8(0).u16(0);
    long bitsPerSecond =
        Math.round(8.0 * track.totalBytes() * track.audio().sampleRateHz() / track.mediaSamples());
    decoder.u32(bitsPerSecond).u32(bitsPerSecond);
    descriptor(decoder, 5, configuration);
    BoxWriter stream = new BoxWriter().u16(0).u8(0);
    descriptor(stream, 4, decoder.bytes());
    descriptor(stream, 6, new byte[] {2});
    descriptor(esds, 3, stream.bytes());
  }

  private static void descriptor(BoxWriter out, int tag, byte[] content) {
    out.u8(tag).u8(0x80).u8(0x80).u8(0x80).u8(content.length).bytes(content);
  }

  private void durations(BoxWriter stts) {
    int whole = track.packets() - 1;
    long last = track.mediaSamples() - (long) whole * SoundTrack.PACKET_SAMPLES;
    if (whole > 0) {
      stts.u32(2).u32(whole).u32(SoundTrack.PACKET_SAMPLES);
    } else {
      stts.u32(1);
    }
    stts.u32(1).u32(last);
  }

  private void sizes(BoxWriter stsz) {
    stsz.u32(0).u32(track.packets());
    for (int size : track.sizes()) {
      stsz.u32(size);
    }
  }

  /// Every packet needs the one before it to be decoded right (ISO/IEC 14496-12 §10.1.1).
  private void rollGroup(BoxWriter stbl) {
    stbl.fullBox("sgpd", 1, 0, sgpd -> sgpd.text("roll").u32(2).u32(1).u16(0xFFFF));
    stbl.fullBox("sbgp", 0, 0, sbgp -> sbgp.text("roll").u32(1).u32(track.packets()).u32(1));
  }
}
