package dev.stemfleet.worker.render;

import java.util.function.Consumer;

/// Writes what comes before the media in an MP4 file: `ftyp` and `moov` (ISO/IEC 14496-12). Pure:
/// the same input gives the same bytes, no dates in them.
///
/// Movie time is counted in samples of the sound, so that its edit list ends at the exact sample.
final class MovieIndex {
  private static final int[] UNIT_MATRIX = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};
  private static final int UNDETERMINED_LANGUAGE = 0x55C4;
  private static final int PICTURES_ID = 1;
  private static final int SOUND_ID = 2;

  private final PictureTrack pictures;
  private final SoundTrack sound;
  private final VideoTags tags;

  MovieIndex(PictureTrack pictures, SoundTrack sound, VideoTags tags) {
    this.pictures = pictures;
    this.sound = sound;
    this.tags = tags;
  }

  static byte[] fileType() {
    return new BoxWriter()
        .box("ftyp", box -> box.text("isom").u32(0x200).text("isomiso2avc1mp41"))
        .bytes();
  }

  /// The whole `moov` box for media that lie at these offsets; its length does not depend on them.
  byte[] movie(Chunks chunks, boolean longOffsets) {
    PictureTables pictureTables = new PictureTables(pictures, chunks, longOffsets);
    SoundTables soundTables = new SoundTables(sound, chunks, longOffsets);
    return new BoxWriter()
        .box(
            "moov",
            moov ->
                moov.fullBox("mvhd", 0, 0, this::movieHeader)
                    .box("trak", trak -> pictureTrack(trak, pictureTables))
                    .box("trak", trak -> soundTrack(trak, soundTables))
                    .bytes(new TagBoxes(tags).bytes()))
        .bytes();
  }

  private void movieHeader(BoxWriter mvhd) {
    mvhd.u32(0).u32(0).u32(movieTimescale());
    mvhd.u32(Math.max(pictureDuration(), sound.audio().samples()));
    mvhd.u32(0x10000).u16(0x100).zeros(10);
    matrix(mvhd);
    mvhd.zeros(24).u32(SOUND_ID + 1);
  }

  private void pictureTrack(BoxWriter trak, PictureTables tables) {
    trak.fullBox("tkhd", 0, 3, tkhd -> trackHeader(tkhd, PICTURES_ID, pictureDuration(), 0));
    media(
        trak,
        tables.timescale(),
        tables.duration(),
        "vide",
        minf -> minf.fullBox("vmhd", 0, 1, vmhd -> vmhd.zeros(8)),
        tables::write);
  }

  private void soundTrack(BoxWriter trak, SoundTables tables) {
    trak.fullBox("tkhd", 0, 3, tkhd -> trackHeader(tkhd, SOUND_ID, sound.audio().samples(), 0x100));
    trak.box(
        "edts",
        edts ->
            edts.fullBox(
                "elst",
                0,
                0,
                elst ->
                    elst.u32(1)
                        .u32(sound.audio().samples())
                        .u32(sound.audio().primingSamples())
                        .u32(0x10000)));
    media(
        trak,
        sound.audio().sampleRateHz(),
        sound.mediaSamples(),
        "soun",
        minf -> minf.fullBox("smhd", 0, 0, smhd -> smhd.zeros(4)),
        tables::write);
  }

  private void trackHeader(BoxWriter tkhd, int id, long duration, int volume) {
    tkhd.u32(0).u32(0).u32(id).u32(0).u32(duration);
    tkhd.zeros(8).u16(0).u16(0).u16(volume).u16(0);
    matrix(tkhd);
    boolean shown = id == PICTURES_ID;
    tkhd.u16(shown ? pictures.width() : 0).u16(0).u16(shown ? pictures.height() : 0).u16(0);
  }

  private static void media(
      BoxWriter trak,
      long timescale,
      long duration,
      String handler,
      Consumer<BoxWriter> mediaHeader,
      Consumer<BoxWriter> tables) {
    trak.box(
        "mdia",
        mdia -> {
          mdia.fullBox(
              "mdhd",
              0,
              0,
              mdhd ->
                  mdhd.u32(0)
                      .u32(0)
                      .u32(timescale)
                      .u32(duration)
                      .u16(UNDETERMINED_LANGUAGE)
                      .u16(0));
          mdia.fullBox("hdlr", 0, 0, hdlr -> hdlr.u32(0).text(handler).zeros(13));
          mdia.box(
              "minf",
              minf -> {
                mediaHeader.accept(minf);
                minf.box("dinf", MovieIndex::sameFile);
                minf.box("stbl", tables);
              });
        });
  }

  private static void sameFile(BoxWriter dinf) {
    dinf.fullBox("dref", 0, 0, dref -> dref.u32(1).fullBox("url ", 0, 1, _ -> {}));
  }

  private static void matrix(BoxWriter box) {
    for (int value : UNIT_MATRIX) {
      box.u32(value);
    }
  }

  private int movieTimescale() {
    return sound.audio().sampleRateHz();
  }

  private long pictureDuration() {
    return Math.round(pictures.seconds() * movieTimescale());
  }
}
