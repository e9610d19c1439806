package dev.stemfleet.worker.render;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;

/// The H.264 encoders this room can drive, best first. Each is set up so that a group of pictures
/// is one intra picture and P-frames that refer to the frame before: no B-frames, one reference, a
/// constant quantizer, nothing decided by looking ahead.
enum VideoCoder {
  X264("libx264", 17) {
    @Override
    void putOptions(Map<String, String> options, int quantizer) {
      options.put("preset", "medium");
      options.put("qp", Integer.toString(quantizer));
      options.put(
          "x264-params",
          "ipratio=1:scenecut=0:rc-lookahead=0:sync-lookahead=0:bframes=0:ref=1:weightp=0"
              + ":mbtree=0:aq-mode=0:threads=1:open-gop=0:repeat-headers=0"
              // No search for motion, nothing traded against the error: faster, and truer.
              + ":psy=0:subme=0:me=dia:trellis=0:deadzone-intra=6");
    }

    @Override
    void putLoopOptions(Map<String, String> options) {
      options.put("preset", "veryfast");
      options.put("qp", "18");
      options.put(
          "x264-params",
          "ipratio=1:scenecut=0:rc-lookahead=0:sync-lookahead=0:bframes=0:ref=1:weightp=0"
              + ":mbtree=0:aq-mode=0:threads=1:open-gop=0:repeat-headers=0:psy=0");
    }
  },
  OPENH264("libopenh264", 17) {
    @Override
    void putOptions(Map<String, String> options, int quantizer) {
      options.put("rc_mode", "quality");
      options.put("qmin", Integer.toString(quantizer));
      options.put("qmax", Integer.toString(quantizer));
      options.put("allow_skip_frames", "0");
      options.put("coder", "cabac");
    }

    @Override
    void putLoopOptions(Map<String, String> options) {
      putOptions(options, 18);
    }
  };

  private final String key;
  private final int quantizer;

  VideoCoder(String key, int quantizer) {
    this.key = key;
    this.quantizer = quantizer;
  }

  /// Whether it cuts pictures into slices where it is told to.
  final boolean cutsSlices() {
    return this == X264;
  }

  /// Options that also cut every picture into slices.
  final Map<String, String> withSlices(Map<String, String> options, int slices) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.merge("x264-params", "slices=" + slices, (old, added) -> old + ":" + added);
    return more;
  }

  abstract void putOptions(Map<String, String> options, int quantizer);

  abstract void putLoopOptions(Map<String, String> options);

  /// Its name in FFmpeg and in results.
  String key() {
    return key;
  }

  /// The quantizer that gives at least 45 dB on a busy photograph.
  int quantizer() {
    return quantizer;
  }

  final Map<String, String> options(int chosenQuantizer) {
    Map<String, String> options = new LinkedHashMap<>();
    putOptions(options, chosenQuantizer);
    return options;
  }

  /// For frames that move.
  final Map<String, String> loopOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    putLoopOptions(options);
    return options;
  }

  /// Those in this build of FFmpeg, best first.
  static List<VideoCoder> present() {
    return Arrays.stream(values())
        .filter(coder -> avcodec.avcodec_find_encoder_by_name(coder.key) != null)
        .toList();
  }

  /// The best one in this build of FFmpeg.
  ///
  /// @throws IllegalStateException if it has none
  static VideoCoder best() {
    return present().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this build of FFmpeg has neither libx264 nor libopenh264"));
  }
}
