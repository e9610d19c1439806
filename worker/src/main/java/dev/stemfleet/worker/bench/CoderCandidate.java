package dev.stemfleet.worker.bench;

import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.SoundFormat;
import dev.stemfleet.worker.audio.StemEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A setting of FFmpeg's AAC encoder that is or could be shipped.
///
/// @param name how tables and JSON call it
/// @param options of the encoder, beside the bit rate
/// @param guarded whether loud tones are coded with care, as in the product
record CoderCandidate(String name, Map<String, String> options, boolean guarded) {
  /// The format that candidates are a setting of.
  static final SoundFormat FORMAT = SoundFormat.AAC;

  /// What all are compared with: the encoder as it comes.
  static final CoderCandidate STOCK = of("stock", "twoloop", "");

  CoderCandidate {
    options = Map.copyOf(options);
  }

  /// The stock setting first, then the shipped one, then rivals. `plain`: without noise
  /// substitution, intensity stereo and noise shaping; `apart`: left and right always coded apart;
  /// `middle_side`: never apart.
  static List<CoderCandidate> all() {
    return List.of(
        STOCK,
        new CoderCandidate("shipped", FORMAT.encoderOptions(), true),
        new CoderCandidate("careful", FORMAT.carefulOptions(), false),
        of("shaped", "twoloop", "aac_pns 0 aac_is 0"),
        of("apart", "twoloop", "aac_ms 0"),
        of("plain_apart", "twoloop", "aac_ms 0 aac_tns 0 aac_pns 0 aac_is 0"),
        of("plain_middle_side", "twoloop", "aac_ms 1 aac_tns 0 aac_pns 0 aac_is 0"),
        of("plain_20_khz", "twoloop", "aac_tns 0 aac_pns 0 aac_is 0 cutoff 20000"),
        of("fast", "fast", ""),
        of("fast_plain", "fast", "aac_tns 0 aac_pns 0 aac_is 0"),
        of("fast_plain_apart", "fast", "aac_ms 0 aac_tns 0 aac_pns 0 aac_is 0"));
  }

  /// Starts a file coded so.
  StemEncoder open(Path file) {
    return guarded
        ? StemEncoder.open(file, FORMAT, AudioTags.NONE)
        : StemEncoder.openWith(options, file, FORMAT);
  }

  private static CoderCandidate of(String name, String search, String namesAndValues) {
    Map<String, String> options = new TreeMap<>(Map.of("aac_coder", search));
    List<String> words = namesAndValues.isEmpty() ? List.of() : List.of(namesAndValues.split(" "));
    for (int i = 0; i + 1 < words.size(); i += 2) {
      options.put(words.get(i), words.get(i + 1));
    }
    return new CoderCandidate(name, options, false);
  }
}
