package dev.stemfleet.worker.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.media.Ffmpeg;
import dev.stemfleet.fixture.TestPictures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SkipTailTest {
  @BeforeAll
  static void load() {
    Ffmpeg.ready();
  }

  static List<VideoCoder> coders() {
    Ffmpeg.ready();
    return VideoCoder.present();
  }

  @ParameterizedTest
  @MethodSource("coders")
  void theTailOfEachEncoderShowsAnyPictureUnchanged(VideoCoder coder) {
    // Given the tail of an encoder, made without knowing the picture
    CoderSettings settings = CoderSettings.of(coder, 320, 180, 24);
    SkipTail tail = SkipTail.make(settings).orElseThrow();

    // When it follows a busy picture
    Yuv420 picture = Yuv420.of(TestPictures.busy(320, 180, 5));
    CodedGroup group = tail.behind(VideoEncoder.group(settings, picture, 1)).orElseThrow();

    // Then all ten seconds of decoded frames are that picture, bit for bit, for a few bytes each
    assertThat(group.samples()).hasSize(240);
    assertThat(SkipTail.isStill(group)).isTrue();
    assertThat(tail.samples()).allSatisfy(sample -> assertThat(sample).hasSizeLessThan(64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Frames that bring the picture in column by column.
        "intra-refresh=1:keyint=48",
        // Another intra picture in the middle of the group.
        "keyint=100"
      })
  void anEncoderWhoseFramesDoNotSkipHasNoTail(String parameters) {
    Assumptions.assumeTrue(coders().contains(VideoCoder.X264));
    CoderSettings settings = x264With(parameters);

    assertThat(SkipTail.make(settings).isPresent()).isFalse();
  }

  @Test
  void aTailIsNotPutBehindAPictureOfOtherSettings() {
    Assumptions.assumeTrue(coders().contains(VideoCoder.X264));
    SkipTail tail = SkipTail.make(x264With("cabac=1")).orElseThrow();
    CodedGroup other =
        VideoEncoder.group(x264With("cabac=0"), Yuv420.of(TestPictures.busy(160, 90, 5)), 1);

    assertThat(tail.behind(other).isPresent()).isFalse();
  }

  static CoderSettings x264With(String parameters) {
    Map<String, String> options = new LinkedHashMap<>(VideoCoder.X264.options(20));
    options.merge("x264-params", parameters, (old, more) -> old + ":" + more);
    return new CoderSettings(VideoCoder.X264, 160, 90, 24, options);
  }
}
