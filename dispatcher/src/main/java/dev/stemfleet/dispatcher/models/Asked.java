package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.domain.SpectrumOutput;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Values that a network's file does not tell: from flags, from what is published or from the names
/// of files, and else from the operator. Notes where each came from. Not thread-safe.
final class Asked {
  private final Wishes wishes;
  private final Questions questions;
  private final Map<String, String> notes = new HashMap<>();

  Asked(Wishes wishes, Questions questions) {
    this.wishes = wishes;
    this.questions = questions;
  }

  Wishes wishes() {
    return wishes;
  }

  Map<String, String> notes() {
    return notes;
  }

  void note(String field, String from) {
    notes.put(field, from);
  }

  /// Names for `count` outputs of one network; `count` is [Family#UNKNOWN] if the file leaves it
  /// open.
  List<String> stems(Family family, String fileName) {
    int count = family.stems();
    if (!wishes.stems().isEmpty()) {
      note("stems", Draft.GIVEN);
      return counted("--stems", wishes.stems(), count);
    }
    Optional<List<String>> usual = StemNames.usual(family);
    if (usual.isPresent()) {
      note("stems", Draft.USUAL + ", in the order of the outputs");
      return usual.get();
    }
    Optional<String> named = StemNames.inName(fileName);
    if (count == 1 && named.isPresent()) {
      note("stems", Draft.NAME);
      return List.of(named.get());
    }
    note("stems", Draft.GIVEN);
    String many = count < 0 ? "the stems" : count == 1 ? "the stem" : "the " + count + " stems";
    return questions.ask(
        "--stems",
        "Which are " + many + " that " + fileName + " gives, in order (for example drums,bass)",
        text -> counted("stems", names(text), count));
  }

  /// The stem of each file.
  List<String> stemsOfFiles(String flag, List<String> given, List<Network> networks) {
    if (!given.isEmpty()) {
      return counted(flag, given, networks.size());
    }
    return networks.stream()
        .map(
            network ->
                StemNames.inName(network.name())
                    .orElseGet(
                        () ->
                            questions.ask(
                                flag,
                                "Which stem is taken from " + network.name(),
                                Asked::oneName)))
        .toList();
  }

  int fftSize(Network network, int index, int count) {
    String field = "layout.networks[%d].fftSize".formatted(index);
    if (!wishes.fftSizes().isEmpty()) {
      note(field, Draft.GIVEN);
      return one("--fft-size", wishes.fftSizes(), index, count);
    }
    Optional<MdxPreset> preset = MdxPreset.of(network.name());
    if (preset.isPresent()) {
      note(field, "published for a file of this name");
      return preset.get().fftSize();
    }
    note(field, Draft.GIVEN);
    return questions.ask(
        "--fft-size",
        "What is the n_fft of " + network.name() + " (for example 6144 or 7680)",
        Integer::valueOf);
  }

  double compensate(Network network, int index, int count) {
    String field = "layout.networks[%d].compensate".formatted(index);
    if (!wishes.compensates().isEmpty()) {
      note(field, Draft.GIVEN);
      return one("--compensate", wishes.compensates(), index, count);
    }
    Optional<MdxPreset> preset = MdxPreset.of(network.name());
    note(field, preset.isPresent() ? "published for a file of this name" : Draft.USUAL);
    return preset.map(MdxPreset::compensate).orElse(MdxPreset.USUAL_COMPENSATE);
  }

  SpectrumOutput output(Network network) {
    if (wishes.output() != null) {
      note("layout.output", Draft.GIVEN);
      return wishes.output();
    }
    note("layout.output", Draft.GIVEN);
    return questions.ask(
        "--output",
        "Does " + network.name() + " give masks or spectra (mask or spectrum)",
        text -> SpectrumOutput.valueOf(text.strip().toUpperCase(Locale.ROOT)));
  }

  /// A size that most files fix.
  ///
  /// @param size −1 if this one leaves it open
  int samples(long size, Network network) {
    if (size > 0) {
      note("segments.samples", Draft.GRAPH);
      return Math.toIntExact(size);
    }
    note("segments.samples", Draft.GIVEN);
    Integer given = wishes.samples();
    return given != null
        ? given
        : questions.ask(
            "--segment-samples",
            "How many samples has a segment of " + network.name() + " (for example 343980)",
            Integer::valueOf);
  }

  String licence() {
    String given = wishes.licence();
    return given != null
        ? given
        : questions.ask(
            "--licence", "What is the licence of the weights (not of the code)", Asked::text);
  }

  /// Names of tensors, exactly as they are.
  List<String> ask(String flag, String question) {
    return questions.ask(
        flag, question, text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  static List<String> names(String text) {
    return Arrays.stream(text.split(",", -1)).map(Asked::oneName).toList();
  }

  private static String oneName(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (!name.matches("[a-z0-9][a-z0-9 _.-]*")) {
      throw new IllegalArgumentException("'" + text.strip() + "' is no name of a stem");
    }
    return name;
  }

  private static String text(String answer) {
    if (answer.isBlank()) {
      throw new IllegalArgumentException("it must not be empty");
    }
    return answer.strip();
  }

  private static List<String> counted(String flag, List<String> names, int count) {
    if (count >= 0 && names.size() != count) {
      throw new RequestException(
          "%s: there are %d names for %d stems".formatted(flag, names.size(), count));
    }
    return names;
  }

  private static <T> T one(String flag, List<T> values, int index, int count) {
    if (values.size() != 1 && values.size() != count) {
      throw new RequestException(
          "%s: there are %d values for %d files".formatted(flag, values.size(), count));
    }
    return values.get(values.size() == 1 ? 0 : index);
  }
}
