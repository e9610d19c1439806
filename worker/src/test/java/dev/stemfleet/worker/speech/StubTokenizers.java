package dev.stemfleet.worker.speech;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Small `tokenizer.json` files of the kinds that speech models come with.
public final class StubTokenizers {
  /// Merges of the small ones, the first first.
  public static final List<String> MERGES = List.of("t h", "th e", "e r", "l l", "h e", "o w");

  private StubTokenizers() {}

  /// As the first English model's: letters, and its marks where they belong.
  ///
  /// @param wraps whether the file replaces spaces and adds the marks itself, as one of the two
  ///   that are public does
  public static String english(boolean wraps) {
    return bpe(new LinkedHashMap<>(), wraps);
  }

  /// As the multilingual model's: with tags of languages, and more tokens than the network knows.
  public static String multilingual() {
    Map<String, Integer> more = new LinkedHashMap<>();
    int id = 700;
    for (String language :
        "ar da de el en es fi fr he hi it ja ko ms nl no pl pt ru sv sw tr zh".split(" ", -1)) {
      more.put("[" + language + "]", id++);
    }
    more.put("ß", 2400);
    return bpe(more, false);
  }

  private static String bpe(Map<String, Integer> more, boolean wraps) {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    Map<String, Integer> added = new LinkedHashMap<>();
    added.put("[STOP]", 0);
    added.put("[UNK]", 1);
    added.put("[SPACE]", 2);
    added.put("[START]", 255);
    more.forEach((token, id) -> (token.startsWith("[") ? added : vocabulary).put(token, id));
    int id = 10;
    for (char letter : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?-'".toCharArray()) {
      vocabulary.put(String.valueOf(letter), id++);
    }
    for (String merge : MERGES) {
      vocabulary.put(merge.replace(" ", ""), id++);
    }
    if (wraps) {
      added.put("[EXAGGERATION]", 6563);
      added.put("[START_SPEECH]", 6561);
    }
    vocabulary.putAll(added);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("added_tokens", addedTokens(added));
    root.put(
        "normalizer",
        wraps
            ? Map.of("type", "Replace", "pattern", Map.of("String", " "), "content", "[SPACE]")
            : null);
    root.put("pre_tokenizer", Map.of("type", "Whitespace"));
    root.put("post_processor", wraps ? template() : null);
    root.put("decoder", null);
    root.put("model", model(vocabulary, MERGES, "[UNK]"));
    return json(root);
  }

  /// As Turbo's: bytes, and one mark.
  public static String turbo() {
    return bytes(0, Map.of("<|endoftext|>", 50_256, "[laugh]", 50_257));
  }

  /// As Whisper's: bytes from 0 on, then marks.
  public static String whisper() {
    Map<String, Integer> marks = new LinkedHashMap<>();
    marks.put("<|endoftext|>", 27);
    marks.put("<|startoftranscript|>", 28);
    marks.put("<|en|>", 29);
    marks.put("<|de|>", 30);
    marks.put("<|transcribe|>", 31);
    marks.put("<|notimestamps|>", 32);
    return bytes(0, marks);
  }

  private static String bytes(int first, Map<String, Integer> marks) {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    int id = first;
    for (char letter : "abcdefghijklmnopqrstuvwxyz".toCharArray()) {
      vocabulary.put(String.valueOf(letter), id++);
    }
    vocabulary.put("Ġ", id);
    if (marks.containsKey("[laugh]")) {
      int more = 100;
      for (char letter : "ABCDEFGHIJKLMNOPQRSTUVWXYZ.,!?-';".toCharArray()) {
        vocabulary.put(String.valueOf(letter), more++);
      }
    }
    vocabulary.putAll(marks);
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("added_tokens", addedTokens(marks));
    root.put("normalizer", null);
    Map<String, Object> level =
        Map.of(
            "type",
            "ByteLevel",
            "add_prefix_space",
            false,
            "trim_offsets",
            true,
            "use_regex",
            true);
    root.put("pre_tokenizer", level);
    root.put("post_processor", null);
    root.put("decoder", level);
    root.put("model", model(vocabulary, List.of(), null));
    return json(root);
  }

  private static Map<String, Object> model(
      Map<String, Integer> vocabulary,
      List<String> merges,
      @org.jspecify.annotations.Nullable String unknown) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("dropout", null);
    model.put("unk_token", unknown);
    model.put("continuing_subword_prefix", null);
    model.put("end_of_word_suffix", null);
    model.put("fuse_unk", false);
    model.put("vocab", vocabulary);
    model.put("merges", merges);
    return model;
  }

  private static List<Map<String, Object>> addedTokens(Map<String, Integer> tokens) {
    List<Map<String, Object>> all = new ArrayList<>();
    tokens.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            token ->
                all.add(
                    Map.of(
                        "id", token.getValue(),
                        "content", token.getKey(),
                        "single_word", false,
                        "lstrip", false,
                        "rstrip", false,
                        "normalized", false,
                        "special", true)));
    return all;
  }

  private static Map<String, Object> template() {
    List<Object> single =
        List.of(
            special("[EXAGGERATION]"),
            special("[START]"),
            Map.of("Sequence", Map.of("id", "A", "type_id", 0)),
            special("[STOP]"),
            special("[START_SPEECH]"),
            special("[START_SPEECH]"));
    Map<String, Object> specials = new LinkedHashMap<>();
    String[] names = {"[EXAGGERATION]", "[START]", "[STOP]", "[START_SPEECH]"};
    int[] ids = {6563, 255, 0, 6561};
    IntStream.range(0, names.length)
        .forEach(
            i ->
                specials.put(
                    names[i],
                    Map.of("id", names[i], "ids", List.of(ids[i]), "tokens", List.of(names[i]))));
    return Map.of(
        "type", "TemplateProcessing", "single", single, "pair", single, "special_tokens", specials);
  }

  private static Map<String, Object> special(String token) {
    return Map.of("SpecialToken", Map.of("id", token, "type_id", 0));
  }

  private static String json(Map<String, Object> root) {
    try {
      return JsonMapper.builder().build().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
