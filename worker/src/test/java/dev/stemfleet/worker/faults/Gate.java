package dev.stemfleet.worker.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.FleetLayer;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.Progress;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.LoopFile;
import dev.stemfleet.common.media.LoopFrames;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.DeadJob;
import dev.stemfleet.common.message.Event;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import dev.stemfleet.dispatcher.show.ResultText;
import dev.stemfleet.dispatcher.show.StatusReport;
import dev.stemfleet.dispatcher.show.WorkersReport;
import dev.stemfleet.dispatcher.submit.InputReader;
import dev.stemfleet.dispatcher.submit.Inputs;
import dev.stemfleet.dispatcher.submit.Roots;
import dev.stemfleet.dispatcher.submit.TrackEntry;
import dev.stemfleet.dispatcher.submit.TrackReader;
import dev.stemfleet.dispatcher.watch.Fleet;
import dev.stemfleet.dispatcher.watch.FleetView;
import dev.stemfleet.worker.audio.TrackMeasurement;
import dev.stemfleet.worker.clip.PictureGate;
import dev.stemfleet.worker.source.Sounds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// The ways in which bytes of strangers come into dispatcher and worker, through the very methods
/// that these call. Used by one thread.
enum Gate {
  WAV("wav", 140) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  MP3("mp3", 160) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  FLAC("flac", 160) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  M4A("m4a", 200) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  OGG("ogg", 140) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  OPUS("opus", 80) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  MKA("mka", 80) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  AIFF("aiff", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      sound(bytes, folder);
    }
  },
  PNG("png", 120) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.png", bytes);
    }
  },
  JPEG("jpg", 120) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.jpg", bytes);
    }
  },
  GIF("gif", 100) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.gif", bytes);
    }
  },
  BMP("bmp", 80) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.bmp", bytes);
    }
  },
  WEBP("webp", 80) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.webp", bytes);
    }
  },
  OTHER_PICTURE("tiff", 60) {
    @Override
    void pass(byte[] bytes, Path folder) {
      PictureGate.pass("a.png", bytes);
    }
  },
  LOOP_MP4("mp4", 80) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      loop(bytes, folder);
    }
  },
  LOOP_WEBM("webm", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      loop(bytes, folder);
    }
  },
  LOOP_GIF("gif", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      loop(bytes, folder);
    }
  },
  CHANNEL("channel.json", 120) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Files.write(folder.resolve("assets/channels/a.yaml"), bytes);
      ChannelCatalog.load(new AssetFolder(folder.resolve("assets")));
    }
  },
  MODEL("model.json", 120) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Files.createDirectories(folder.resolve("models"));
      Files.write(folder.resolve("models/a.yaml"), bytes);
      ModelCatalog.load(List.of(folder.resolve("models")));
    }
  },
  SETTINGS("fleet.json", 120) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Path file = Files.write(folder.resolve("stemfleet.yaml"), bytes);
      FleetSettings.load(FleetLayer.EMPTY, file, Map.of(), folder, folder);
    }
  },
  JOB_FILE("jobs.json", 140) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      tracks(Files.write(folder.resolve("jobs.yaml"), bytes), folder);
    }
  },
  JSON_LINES("line.json", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      tracks(Files.write(folder.resolve("jobs.jsonl"), bytes), folder);
    }
  },
  JOB("job.json", 240) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Job job = Wire.read(bytes, Job.class);
      Wire.write(job);
      Spec.hash(job);
      view().apply(job);
      Path downloads = Files.createDirectories(folder.resolve("downloads"));
      new Sounds(Map.of("music", folder.resolve("music")), web())
          .locate(job.track(), downloads, Progress.NONE);
    }
  },
  CONTROL("control.json", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Control control = Wire.read(bytes, Control.class);
      FleetView view = view();
      view.apply(control);
      show(view);
    }
  },
  RESULT("result.json", 140) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Result result = Wire.read(bytes, Result.class);
      FleetView view = view();
      view.apply(result);
      requireSafe(List.of(ResultText.line(result)));
      show(view);
    }
  },
  EVENT("event.json", 120) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Event event = Wire.read(bytes, Event.class);
      FleetView view = view();
      view.apply(event);
      show(view);
    }
  },
  DEAD("dead.json", 60) {
    @Override
    void pass(byte[] bytes, Path folder) throws Exception {
      Wire.write(Wire.read(bytes, DeadJob.class));
    }
  };

  private final String seeds;
  private final int cases;

  /// @param seeds the end of the names of its good files
  Gate(String seeds, int cases) {
    this.seeds = seeds;
    this.cases = cases;
  }

  /// Lets bytes in as dispatcher or worker do.
  ///
  /// @throws Exception as they throw it
  abstract void pass(byte[] bytes, Path folder) throws Exception;

  String seeds() {
    return seeds;
  }

  int cases() {
    return cases;
  }

  boolean isText() {
    return seeds.endsWith(".json");
  }

  /// A hostile file: the same for the same numbers.
  byte[] hostile(List<byte[]> good, long seed, int number) {
    SplittableRandom random =
        new SplittableRandom(seed * 1_000_003 + name().hashCode() * 10_007L + number);
    byte[] one = good.get(random.nextInt(good.size()));
    byte[] other = good.get(random.nextInt(good.size()));
    return isText() ? new TextDamage(random).of(one) : new Damage(random).of(one, other);
  }

  /// How an attempt ended: `accepted`, or `refused <code>`.
  ///
  /// @throws AssertionError if it ended in a way that no user should see
  static String verdict(Throwable e) {
    String message = String.valueOf(e.getMessage());
    String code =
        switch (e) {
          case JobException job when job.code() != FailureCode.INTERNAL -> job.code().name();
          case WireException _ -> FailureCode.MALFORMED_MESSAGE.name();
          case ConfigException _ -> "CONFIG";
          case RequestException _ -> "REQUEST";
          default -> PictureGate.refused(e) ? FailureCode.ASSET_UNREADABLE.name() : "";
        };
    if (code.isEmpty()) {
      throw new AssertionError("not a refusal: " + e, e);
    }
    requireClear(message);
    return "refused " + code;
  }

  /// One line in words, without the names of classes, empty phrases or control characters.
  static void requireClear(String message) {
    boolean clear =
        !message.isBlank()
            && message.chars().noneMatch(c -> c < 32 && c != '\t')
            && !message.matches(
                ".*(Exception|Error:|java\\.(io|lang|util|nio)\\.|dev\\.stemfleet\\.|com\\.fasterxml"
                    + "|org\\.yaml|: null$|\\bnull\\b: |\\.java:).*")
            && message.length() < 3000;
    if (!clear) {
      throw new AssertionError(
          "not clear: " + message.substring(0, Math.min(500, message.length())));
    }
  }

  private static void sound(byte[] bytes, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("music/a.sound"), bytes);
    // As the worker reads it, whatever the submitter found.
    JobException refused = null;
    try {
      TrackMeasurement.of(file, Trim.NONE, (_, _, _) -> {}, Progress.NONE);
    } catch (JobException e) {
      refused = e;
      verdict(e);
    }
    TrackRequest track =
        new TrackReader(
                new Roots(Map.of("music", folder.resolve("music"))),
                web(),
                (_, cover) -> cover(cover))
            .read(
                new InputReader(folder, Map.of(), InputStream.nullInputStream())
                    .read(List.of(file.toString()))
                    .getFirst()
                    .tracks()
                    .getFirst());
    track.warnings().forEach(Gate::requireClear);
    if (refused != null) {
      throw refused;
    }
  }

  private static void cover(byte[] cover) {
    try {
      PictureGate.pass("cover", cover);
    } catch (RuntimeException e) {
      verdict(e);
    }
  }

  private static void loop(byte[] bytes, Path folder) throws Exception {
    Path file = Files.write(folder.resolve("loop"), bytes);
    LoopFile.isLoop(file);
    LoopFile.check(file, "background: loop");
    LoopFrames.first(file, "background: loop", 64, 36);
  }

  private static void tracks(Path file, Path folder) {
    Map<String, Path> roots = Map.of("music", folder.resolve("music"));
    Inputs inputs =
        new InputReader(folder, roots, InputStream.nullInputStream())
            .read(List.of(file.toString()))
            .getFirst();
    TrackReader reader = new TrackReader(new Roots(roots), web(), (_, cover) -> cover(cover));
    for (TrackEntry entry : inputs.tracks()) {
      reader.read(entry);
    }
  }

  /// Names nobody's machine: every address on the web is refused or unknown.
  private static WebDownload web() {
    return new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
  }

  private static FleetView view() {
    return new FleetView();
  }

  private static void show(FleetView view) throws Exception {
    Fleet fleet = view.snapshot(Instant.parse("2026-05-01T12:30:00Z"));
    StatusReport status = new StatusReport(fleet, fleet.batches(), Optional.empty());
    requireSafe(status.lines());
    requireSafe(new WorkersReport(fleet).lines());
    new ObjectMapper().writeValueAsString(status.lines());
  }

  /// Nothing that moves a terminal's cursor.
  private static void requireSafe(List<String> lines) {
    for (String line : lines) {
      if (line.chars().anyMatch(c -> c < 32 || c == 127)) {
        throw new AssertionError(
            "shown as it is: "
                + new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.US_ASCII));
      }
    }
  }
}
