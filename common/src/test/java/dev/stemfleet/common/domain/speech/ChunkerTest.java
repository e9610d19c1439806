package dev.stemfleet.common.domain.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ChunkerTest {
  private static final Chunker CHUNKER = new Chunker(new ChunkLimits(30, 40), Locale.ENGLISH);

  @Test
  void sentencesAreGatheredUntilAChunkIsLongEnough() {
    List<Chunk> chunks = CHUNKER.cut("One is here. Two is here. Three is here. Four is here.");

    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("One is here. Two is here. ", "Three is here. Four is here.");
    assertThat(chunks).extracting(Chunk::index).containsExactly(0, 1);
  }

  @Test
  void noTextIsLostWhateverItIs() {
    String script =
        "Hello.  \"Is it?\" No…  Dr. Who; came – late, at 5.30 p.m.! Right?\nYes. ".repeat(9);

    List<Chunk> chunks = CHUNKER.cut(script);

    assertThat(words(chunks.stream().map(Chunk::text).collect(Collectors.joining())))
        .isEqualTo(words(script));
  }

  private static String words(String text) {
    return text.replaceAll("\\s", "");
  }

  @Test
  void paragraphsAreSeenWhateverEndsTheirLines() {
    for (String end : List.of("\n\n", "\r\n\r\n", "\r\r", "\n \n")) {
      List<Chunk> chunks = CHUNKER.cut("This is a whole paragraph here." + end + "And another.");

      assertThat(chunks).extracting(Chunk::paragraph).containsExactly(true, false);
    }
  }

  @Test
  void speakersTakeTurns() {
    List<Chunk> chunks =
        CHUNKER.cut(
            "Before. <speaker:ann> Hello. <speaker:bob> <speaker: ann >Again, I. <speaker:0>End.");

    assertThat(chunks).extracting(Chunk::speaker).containsExactly("", "ann", "ann", "0");
    assertThat(chunks).extracting(Chunk::turn).containsExactly(false, true, true, true);
    assertThat(chunks)
        .extracting(chunk -> chunk.text().strip())
        .containsExactly("Before.", "Hello.", "Again, I.", "End.");
  }

  @Test
  void aSentenceThatIsTooLongIsCutOnceNearItsMiddle() {
    List<Chunk> chunks =
        CHUNKER.cut("Here, it goes on and on and on, and, then it ends somewhere.");

    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("Here, it goes on and on and on,", "and, then it ends somewhere.");
  }

  @Test
  void aSentenceThatCannotBeCutStaysWhole() {
    String sentence = "Thisisoneverylongwordthatnobodywouldeversayaloudtoanyone.";

    assertThat(CHUNKER.cut(sentence)).extracting(Chunk::text).containsExactly(sentence);
  }

  @Test
  void lengthsCountWhatPeopleCount() {
    String faces = "A" + "😀".repeat(18) + ".";

    assertThat(CHUNKER.cut(faces + " " + faces))
        .hasSize(2)
        .first()
        .satisfies(chunk -> assertThat(chunk.length()).isEqualTo(21));
  }
}
