package dev.stemfleet.dispatcher.show;

/// The texts of `cache explain`.
final class CacheWords {
  static final String MODEL =
      """
      The model
        A model that takes songs apart is large, and loading it takes far longer than most songs
        need afterwards. A program that starts, does one song and ends loads it every time: one
        miss per run, for ever. A worker here is a process that stays. It loads its model before
        it takes its first job and keeps it in the device's memory, so there is one miss in the
        worker's whole life and a hit for every track after it. "1 load" below is therefore as
        good as it gets: the counts begin with the worker, so a fleet has as many misses as
        workers were started, however many songs they do.
        A job may name another model. It is loaded then and stays beside the first: one more
        load, and hits from there on. When the models pass the worker's --model-memory, or the
        device is full, the longest unused one is closed first: an eviction. Many evictions mean
        that the models take turns in too little room; a worker per model ends that.\
      """;

  static final String CLIPS =
      """
      The pictures
        A frame is made of four pictures: the background, the track's cover, the channel's
        watermark and the stem's icon. Decoding a picture and scaling it to its place is a load.
        Take one track for 3 channels with 5 stems each: 15 videos.
          no cache at all     each video loads all four:                      15 x 4 = 60 loads
          a cache per channel each channel loads its four once, as the
                              system before this one counted:                   3 x 4 = 12 loads
          here, cold worker   the cover is the same on every channel:    1 + 1 + 3 + 5 = 10 loads
          here, warm worker   only the cover is new:                                     1 load
        A cache remembers a picture by what is in its file and the size it is drawn at, not by
        its name: change the file and it is loaded anew, with nothing to clear by hand.\
      """;

  static final String STEMS =
      """
      The stems
        Taking a track apart is the long part. The encoded stems are kept on the worker's disk,
        so the channels of a track share one separation, and a further channel of a track that
        is known costs none.\
      """;

  static final String VOICES =
      """
      The voices
        A model that speaks scripts listens to the recording of a voice once. What it heard is
        kept by the recording's sound, for all scripts and speakers that use it.\
      """;

  private CacheWords() {}
}
