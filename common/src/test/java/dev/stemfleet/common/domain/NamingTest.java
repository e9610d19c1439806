package dev.stemfleet.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.Jobs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamingTest {
  private final Channel main = Jobs.channel("main");

  @Test
  void aNameSaysArtistTitleStemTempoAndKey() {
    assertThat(Naming.title(track("Ann", "Song", 124.0, "Am"), main, Stem.BASS))
        .isEqualTo("Ann - Song Bass [BPM 124 Am]");
  }

  @ParameterizedTest
  @CsvSource({
    "139.9, 140",
    "140, 70",
    "145, 72.5",
    "174, 87",
    "93.5, 93.5",
    "127.98, 128",
    "400, 200",
    "0.4, 0.5"
  })
  void temposFrom140AreHalvedToTheNearestHalf(double bpm, String shown) {
    assertThat(Naming.bpmInName(bpm)).isEqualTo(shown);
  }

  @Test
  void theKeyIsLeftOutForDrumsAndWhenUnknownAndOnChannelsWithoutKeys() {
    Track track = track("Ann", "Song", 124.0, "Am");
    Channel keyless =
        new Channel(
            "drums",
            "Drums",
            main.aliases(),
            main.stems(),
            main.look(),
            false,
            main.loudness(),
            main.publishing());

    assertThat(Naming.title(track, main, Stem.DRUMS)).endsWith("Drums [BPM 124]");
    assertThat(Naming.title(track, keyless, Stem.BASS)).endsWith("Bass [BPM 124]");
    assertThat(Naming.title(track("Ann", "Song", 124.0, null), main, Stem.BASS))
        .endsWith("Bass [BPM 124]");
  }

  @Test
  void theBracketIsLeftOutWhenTheTempoIsUnknown() {
    assertThat(Naming.title(track("Ann", "Song", null, "Am"), main, Stem.BASS))
        .isEqualTo("Ann - Song Bass");
  }

  @Test
  void aNarrationHasNoBracket() {
    assertThat(Naming.title(track("Ann", "Tale", 124.0, "Am"), main, Stem.NARRATION))
        .isEqualTo("Ann - Tale Narration");
  }

  @Test
  void charactersThatNoFileSystemTakesBecomeSpaces() {
    assertThat(Naming.title(track("A/B\\C", "../..:*?\"<>| x .", null, null), main, Stem.BASS))
        .isEqualTo("A B C - x Bass");
    assertThat(FileNames.safe("...")).isEqualTo("Untitled");
    assertThat(FileNames.safe("a\u0000b\nc")).isEqualTo("a b c");
  }

  @Test
  void longNamesFitWithoutLosingTheBracketAndAreCutAtCodePoints() {
    Track track = track("👩‍🎤".repeat(40), "𝄞é".repeat(150), 124.0, "Am");

    String title = Naming.title(track, main, Stem.INSTRUMENTAL);

    assertThat(FileNames.bytes(title + ".flac")).isLessThanOrEqualTo(255).isGreaterThan(240);
    assertThat(title).endsWith(" Instrumental [BPM 124 Am]").contains(" - 𝄞é");
    assertThat(title.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)).isFalse();
    assertThat(FileNames.bytes(Naming.folderApart(track))).isLessThanOrEqualTo(255);
  }

  @Test
  void aShortArtistLeavesItsRoomToTheTitle() {
    String title = Naming.title(track("Ann", "t".repeat(300), null, null), main, Stem.BASS);

    assertThat(FileNames.bytes(title)).isEqualTo(250);
  }

  @Test
  void namesThatFileSystemsHoldToBeTheSameFoldTogether() {
    assertThat(FileNames.fold("Caf\u00e9")).isEqualTo(FileNames.fold("CAFE\u0301"));
  }

  static Track track(String artist, String title, @Nullable Double bpm, @Nullable String key) {
    Track some = Jobs.track(artist, title);
    return new Track(
        some.id(),
        some.source(),
        some.sha256(),
        some.bytes(),
        some.seconds(),
        title,
        artist,
        bpm,
        key,
        some.genre(),
        some.thumbnail(),
        some.trim());
  }
}
