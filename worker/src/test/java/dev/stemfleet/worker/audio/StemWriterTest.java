package dev.stemfleet.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.fixture.DecodedSound;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.audio.GainPlan.DecidedBy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StemWriterTest {
  private static final TestSound SOUND = TestSound.bursts(2, 41);
  private static final GainPlan LOUDER = new GainPlan(3, DecidedBy.LOUDNESS, List.of());
  private static final GainPlan NONE = new GainPlan(0, DecidedBy.NONE, List.of());

  @TempDir Path folder;

  @Test
  void oneStreamFeedsSeveralFilesWithTheSameGain() {
    List<StemEncoder> encoders =
        List.of(open(SoundFormat.AAC), open(SoundFormat.MP3), open(SoundFormat.WAV));
    float before = SOUND.left()[1234];
    StemWriter.Written written;
    try (StemWriter writer = new StemWriter("drums", LOUDER, encoders)) {
      writer.write(SOUND.left(), SOUND.right(), SOUND.samples());
      written = writer.finish(SOUND.samples(), false);
    }

    TestSound louder = SOUND.times(Math.pow(10, 3 / 20.0));
    assertThat(SOUND.left()[1234]).as("what was given is not changed").isEqualTo(before);
    assertThat(written.files()).hasSize(3);
    for (EncodedAudio file : written.files()) {
      assertThat(DecodedSound.of(file.file()).differenceDb(louder)).isLessThan(-30);
    }
    assertThat(written.figures().samples()).isEqualTo(SOUND.samples());
    assertThat(written.figures().rmsDbfs()).isCloseTo(rmsDb(louder), within(0.01));
  }

  @Test
  void aStemOfAnotherLengthIsRefused() {
    assertFails(SOUND, SOUND.samples() + 1, false, "samples");
  }

  @Test
  void aSilentStemIsRefusedUnlessTheModelMadeItSo() {
    TestSound silence = TestSound.silence(1);

    assertFails(silence, silence.samples(), false, "silent");
    try (StemWriter writer = new StemWriter("bass", NONE, List.of(open(SoundFormat.AAC)))) {
      writer.write(silence.left(), silence.right(), silence.samples());
      StemWriter.Written written = writer.finish(silence.samples(), true);
      assertThat(written.figures().silent()).isTrue();
      assertThat(DecodedSound.of(written.files().getFirst().file()).samples()).isEqualTo(44_100);
    }
  }

  @Test
  void aValueThatIsNoNumberIsRefused() {
    TestSound broken = SOUND.part(0, 9000);
    broken.left()[8000] = Float.NaN;

    assertFails(broken, 9000, false, "no sound");
  }

  private void assertFails(TestSound sound, long trackSamples, boolean mayBeSilent, String why) {
    try (StemWriter writer = new StemWriter("bass", NONE, List.of(open(SoundFormat.WAV)))) {
      assertThatThrownBy(
              () -> {
                writer.write(sound.left(), sound.right(), sound.samples());
                writer.finish(trackSamples, mayBeSilent);
              })
          .isInstanceOfSatisfying(
              JobException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.SOUND_CHECK_FAILED))
          .hasMessageContaining("bass")
          .hasMessageContaining(why);
    }
  }

  private StemEncoder open(SoundFormat format) {
    return StemEncoder.open(folder.resolve("stem." + format.extension()), format, AudioTags.NONE);
  }

  private static double rmsDb(TestSound sound) {
    double sum = 0;
    for (int i = 0; i < sound.samples(); i++) {
      sum += Math.pow(sound.left()[i], 2) + Math.pow(sound.right()[i], 2);
    }
    return 10 * Math.log10(sum / (2.0 * sound.samples()));
  }
}
