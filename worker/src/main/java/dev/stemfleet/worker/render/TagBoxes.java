package dev.stemfleet.worker.render;

/// A file's title, artist and comment in the boxes that players read (QuickTime's `ilst`).
record TagBoxes(VideoTags tags) {
  private static final int UTF_8 = 1;

  byte[] bytes() {
    return new BoxWriter().box("udta", udta -> udta.fullBox("meta", 0, 0, this::meta)).bytes();
  }

  private void meta(BoxWriter meta) {
    meta.fullBox("hdlr", 0, 0, hdlr -> hdlr.u32(0).text("mdirappl").zeros(9));
    meta.box(
        "ilst",
        ilst -> {
          tag(ilst, "nam", tags.title());
          tag(ilst, "ART", tags.artist());
          tag(ilst, "cmt", tags.comment());
        });
  }

  private static void tag(BoxWriter ilst, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    // The name starts with the copyright sign in Mac Roman, one byte.
    BoxWriter data = new BoxWriter().box("data", box -> box.u32(UTF_8).u32(0).text(value));
    ilst.u32(data.size() + 8L).u8(0xA9).text(name).bytes(data.bytes());
  }
}
