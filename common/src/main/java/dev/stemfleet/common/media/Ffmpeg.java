package dev.stemfleet.common.media;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/// The FFmpeg libraries of this process: loaded once, silent, their error numbers put in words.
/// Thread-safe.
public final class Ffmpeg {
  private static final int ERROR_TEXT_BYTES = 128;

  /// Of one piece of memory, whatever a damaged file says that it needs: more than a picture of the
  /// largest size takes.
  private static final long LARGEST_ALLOCATION = 256L << 20;

  static {
    // JavaCPP refuses to allocate once the whole process is larger than about twice the Java heap;
    // resident models lie outside the heap and are larger than that.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(LARGEST_ALLOCATION);
  }

  private Ffmpeg() {}

  /// Loads the libraries at the first call and keeps them from writing to standard error. To be
  /// called before any other use of FFmpeg.
  public static void ready() {
    // The static block did it.
  }

  /// What FFmpeg says about a negative return value, such as `Invalid data found when processing
  /// input`.
  public static String describe(int error) {
    byte[] text = new byte[ERROR_TEXT_BYTES];
    av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /// Puts an option into a dictionary, both as UTF-8.
  public static void put(AVDictionary options, String key, String value) {
    try (BytePointer nativeKey = utf8(key);
        BytePointer nativeValue = utf8(value)) {
      avutil.av_dict_set(options, nativeKey, nativeValue, 0);
    }
  }

  /// A text as C sees it; the caller closes.
  public static BytePointer utf8(String text) {
    return new BytePointer(text, StandardCharsets.UTF_8);
  }
}
