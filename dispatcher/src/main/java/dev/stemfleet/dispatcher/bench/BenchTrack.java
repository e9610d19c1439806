package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.JobFields;
import dev.stemfleet.dispatcher.submit.TrackEntry;
import dev.stemfleet.dispatcher.submit.TrackFields;
import java.nio.file.Path;
import java.util.List;

/// A track to measure with: coloured noise that swells and two voices, in stereo, as FLAC. Every
/// bin of its spectrum has work for separator and coder.
///
/// @param file that was written
/// @param seconds of sound
record BenchTrack(Path file, int seconds) {
  static BenchTrack write(Path file, int seconds) {
    String duration = ":sample_rate=44100:duration=" + seconds;
    FfmpegProgram.ffmpeg()
        .run(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=color=pink:amplitude=0.3:seed=1" + duration,
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=color=brown:amplitude=0.4:seed=2" + duration,
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=220:beep_factor=4" + duration,
            "-filter_complex",
            "[0][2]amix=2[l];[1][2]amix=2[r];[l][r]join=inputs=2:channel_layout=stereo,"
                + "tremolo=f=0.5:d=0.8",
            "-sample_fmt",
            "s16",
            file);
    return new BenchTrack(file, seconds);
  }

  Inputs inputs() {
    TrackFields said =
        new TrackFields(null, "Bench", "Stemfleet", null, null, null, null, null, null);
    TrackEntry.LocalFile place = new TrackEntry.LocalFile(file);
    return new Inputs(
        List.of(new TrackEntry(file.toString(), place, said, TrackFields.NONE)), JobFields.NONE);
  }
}
