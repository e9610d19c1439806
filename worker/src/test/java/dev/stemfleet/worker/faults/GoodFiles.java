package dev.stemfleet.worker.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.media.FfmpegProgram;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.ResultHead;
import dev.stemfleet.common.message.Schema;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.fixture.TestPictures;
import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.clip.PictureFilesOf;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Small good files of every form, which hostile ones are made from.
final class GoodFiles {
  private static final TestSound SOUND = TestSound.bursts(0.4, 5);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Path folder;

  private GoodFiles(Path folder) {
    this.folder = folder;
  }

  /// Writes all of them.
  static Path make(Path folder) throws IOException {
    GoodFiles files = new GoodFiles(Files.createDirectories(folder));
    files.pictures();
    files.sounds();
    files.loops();
    files.texts();
    files.messages();
    return folder;
  }

  /// Prepares a folder that the gates work in.
  static Path workplace(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("music/songs"));
    SOUND.writeWav(folder.resolve("music/songs/one.wav"));
    Files.createDirectories(folder.resolve("assets/channels"));
    byte[] png = TestPictures.png(TestPictures.busy(16, 16, 1));
    for (String name :
        List.of(
            "background",
            "mark",
            "acapella",
            "drums",
            "bass",
            "melody",
            "instrumental",
            "narration")) {
      Files.write(folder.resolve("assets/" + name + ".png"), png);
    }
    return folder;
  }

  private void pictures() throws IOException {
    BufferedImage opaque = TestPictures.opaque(TestPictures.busy(48, 40, 2));
    Files.write(folder.resolve("a.png"), TestPictures.png(TestPictures.busy(48, 40, 1)));
    for (String format : List.of("gif", "bmp", "tiff")) {
      Files.write(folder.resolve("a." + format), TestPictures.encoded(opaque, format));
    }
    Files.write(folder.resolve("a.jpg"), TestPictures.encoded(opaque, "jpeg"));
    Files.write(folder.resolve("b.jpg"), PictureFilesOf.adobeJpeg(250, 120, 20, 25, true));
    Files.write(folder.resolve("c.jpg"), PictureFilesOf.orientedJpeg(opaque, 6));
    Path png = folder.resolve("a.png");
    ffmpeg("-i", png, "-c:v", "libwebp", "-lossless", "1", folder.resolve("a.webp"));
    ffmpeg("-i", png, "-c:v", "libwebp", "-lossless", "0", folder.resolve("b.webp"));
    ffmpeg("-i", png, "-pix_fmt", "pal8", folder.resolve("b.png"));
  }

  private void sounds() {
    Path cover = folder.resolve("a.jpg");
    for (String form : List.of("wav", "flac", "mp3", "m4a", "ogg", "opus", "mka", "aiff")) {
      SOUND.write(folder.resolve("a." + form), "-metadata", "title=Grüße", "-metadata", "TBPM=120");
    }
    for (String form : List.of("flac", "mp3", "m4a")) {
      SOUND.write(folder.resolve("b." + form), cover, "-metadata", "artist=Ann");
    }
    SOUND.write(folder.resolve("c.wav"), "-c:a", "adpcm_ms");
    SOUND.write(folder.resolve("c.m4a"), "-c:a", "alac");
    SOUND.write(folder.resolve("c.mka"), "-c:a", "ac3");
  }

  private void loops() {
    Object[] source = {"-f", "lavfi", "-i", "testsrc=size=64x36:rate=12:duration=1"};
    ffmpeg(source, "-c:v", "libx264", "-pix_fmt", "yuv420p", folder.resolve("a.mp4"));
    ffmpeg(source, "-c:v", "mpeg4", folder.resolve("b.mp4"));
    ffmpeg(source, "-c:v", "libvpx-vp9", folder.resolve("a.webm"));
    ffmpeg(source, folder.resolve("b.gif"));
  }

  private void texts() throws IOException {
    write(
        "channel.json",
        """
        {"key": "main", "label": "Main", "aliases": ["m"], "stems": ["drums", "bass"],
         "look": {"background": "background.png", "watermark": "mark.png", "width": 320,
          "height": 180, "framesPerSecond": 24, "tint": {"color": "#102030", "opacity": 0.5},
          "layout": {"canvasWidth": 320, "canvasHeight": 180,
           "thumbnail": {"x": 0, "y": 0, "width": 100, "height": 100},
           "watermark": {"x": 0, "y": 0, "width": 10, "height": 10},
           "icon": {"x": 0, "y": 0, "width": 10, "height": 10}},
          "icons": {"drums": "drums.png"}},
         "publishing": {"category": "Music", "privacy": "private", "description": "{artist}",
          "tags": ["a", "{genre}"]}}
        """);
    write(
        "model.json",
        """
        {"id": "tiny", "revision": 1, "layout": {"kind": "waveform"},
         "files": [{"path": "tiny.onnx", "sha256": "%s", "bytes": 100}],
         "stems": ["vocals", "drums", "bass", "other"],
         "sound": {"sampleRateHz": 44100, "channels": 2},
         "segments": {"samples": 1000, "strideSamples": 800, "window": "fade"},
         "trackNormalisation": "none", "licence": "none", "source": "here"}
        """
            .formatted("0".repeat(64)));
    write(
        "fleet.json",
        """
        {"bootstrapServers": "localhost:9092", "prefix": "a.", "kafkaConfig": "kafka.properties",
         "out": "out", "roots": {"music": "music", "more": "~/more"}, "assets": "assets",
         "models": "models", "model": "builtin", "lockSeconds": 60, "privateHosts": ["nas.lan"]}
        """);
    String track =
        """
        {"source": "music/songs/one.wav", "id": "one", "title": "One", "artist": "Ann",
         "bpm": 120.5, "key": "Am", "genre": "House", "thumbnail": "assets/mark.png",
         "trim": {"startSeconds": 0, "endSeconds": 0.3}}
        """
            .replace("\n", " ");
    write("line.json", track);
    write(
        "jobs.json",
        """
        {"batch": "friday", "channels": ["main"], "stems": ["drums"], "products": ["video"],
         "model": "builtin", "publish": {"start": "2026-05-01T18:00", "every": "1d",
         "zone": "Europe/Berlin"}, "tracks": [%s]}
        """
            .formatted(track));
  }

  private void messages() throws IOException {
    Job job = Jobs.job("friday", "main");
    Failure failure = new Failure(FailureCode.SOUND_UNREADABLE, "measure", "a.wav: no", "Look.");
    Attempt attempt =
        new Attempt("w1", 1, NOON, List.of("a warning"), Map.of("measure", 0.5, "separate", 2.0));
    Files.write(folder.resolve("job.json"), Wire.write(job));
    Files.write(
        folder.resolve("control.json"),
        Wire.write(new Control(Schema.VERSION, Control.Action.CANCEL, "friday", NOON)));
    Files.write(
        folder.resolve("result.json"),
        Wire.write(ResultHead.of(job, "0".repeat(64)).failed(attempt, failure)));
    Files.write(
        folder.resolve("dead.json"),
        Wire.write(new DeadJob(Schema.VERSION, job, null, failure, 1, "w1", NOON)));
    String run = job.run();
    Files.write(
        folder.resolve("a.event.json"),
        Wire.write(
            new Event.Started(
                Schema.VERSION, job.jobId(), run, "friday", "w1", NOON, "main", "Ann", "One", 1)));
    Files.write(
        folder.resolve("b.event.json"),
        Wire.write(
            new Event.Retrying(
                Schema.VERSION, job.jobId(), run, "friday", "w1", NOON, failure, 2, 1.5)));
    Files.write(
        folder.resolve("c.event.json"),
        Wire.write(
            new Event.Progressed(
                Schema.VERSION, job.jobId(), run, "friday", "w1", NOON, "separate", 0.5, 0.6)));
    Files.write(
        folder.resolve("d.event.json"),
        Wire.write(
            new Event.Heartbeat(
                Schema.VERSION,
                "w1",
                NOON,
                Event.WorkerState.WORKING,
                NOON,
                "1",
                "h",
                7,
                "cpu",
                null,
                null,
                List.of("music"),
                job.jobId(),
                "separate",
                1,
                2,
                List.of(new Event.CacheState("icon", 1, 2, 3, 4, 5)),
                "h:9464")));
  }

  /// Read as JSON and written again, so that a slip above is seen here.
  private void write(String name, String json) throws IOException {
    ObjectMapper mapper = Json.strict();
    Files.writeString(
        folder.resolve(name),
        mapper.writeValueAsString(mapper.readTree(json)),
        StandardCharsets.UTF_8);
  }

  private static void ffmpeg(Object... arguments) {
    List<Object> all = new java.util.ArrayList<>(List.of("-y", "-v", "error"));
    for (Object argument : arguments) {
      if (argument instanceof Object[] several) {
        all.addAll(List.of(several));
      } else {
        all.add(argument);
      }
    }
    FfmpegProgram.ffmpeg().run(all.toArray());
  }
}
