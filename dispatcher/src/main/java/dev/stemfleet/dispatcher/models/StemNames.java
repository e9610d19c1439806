package dev.stemfleet.dispatcher.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of stems where a network cannot tell them: what is published of its family, and what files
/// are called.
final class StemNames {
  private static final List<String> DEMUCS = List.of("drums", "bass", "other", "vocals");
  private static final List<String> DEMUCS_6 =
      List.of("drums", "bass", "other", "vocals", "guitar", "piano");

  /// The four networks of htdemucs_ft, by the digests in their authors' names.
  private static final Map<String, String> FINE_TUNED =
      Map.of("f7e0c4bc", "drums", "d12395a8", "bass", "92cfc3b6", "other", "04573f0d", "vocals");

  private static final List<String> WORDS =
      List.of(
          "vocals", "drums", "bass", "other", "instrumental", "accompaniment", "piano", "guitar");

  private StemNames() {}

  /// What the outputs of a network hold, in their order.
  static Optional<List<String>> usual(Family family) {
    return switch (family) {
      // A network of another length may be anybody's, with stems in any order.
      case Family.Waveform net ->
          SegmentPlan.isKnownWaveform(net.samples()) ? demucs(net.stems()) : Optional.empty();
      case Family.Hybrid net -> demucs(net.stems());
      case Family.Mdx23c net ->
          net.stems() == 2 ? Optional.of(List.of("vocals", "instrumental")) : Optional.empty();
      case Family.Roformer net ->
          switch (net.stems()) {
            case 1 -> Optional.of(List.of("vocals"));
            case 4 -> Optional.of(DEMUCS);
            default -> Optional.empty();
          };
      case Family.MdxNet _, Family.OpenUnmix _, Family.Spleeter _ -> Optional.empty();
    };
  }

  private static Optional<List<String>> demucs(int stems) {
    return switch (stems) {
      case 4 -> Optional.of(DEMUCS);
      case 6 -> Optional.of(DEMUCS_6);
      default -> Optional.empty();
    };
  }

  /// The one stem that a file's name speaks of.
  static Optional<String> inName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    Optional<String> tuned =
        FINE_TUNED.entrySet().stream()
            .filter(entry -> name.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    List<String> words =
        WORDS.stream()
            .filter(
                word -> Pattern.compile("(^|[^a-z])" + word + "([^a-z]|$)").matcher(name).find())
            .toList();
    return tuned
        .or(() -> words.size() == 1 ? Optional.of(words.getFirst()) : Optional.empty())
        .or(() -> MdxPreset.of(fileName).map(MdxPreset::stem));
  }
}
