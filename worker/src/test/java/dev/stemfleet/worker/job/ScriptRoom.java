package dev.stemfleet.worker.job;

import static dev.stemfleet.fixture.TestPictures.plain;
import static dev.stemfleet.fixture.TestPictures.png;
import static dev.stemfleet.fixture.TestPictures.stored;

import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Identity;
import dev.stemfleet.common.domain.Layout;
import dev.stemfleet.common.domain.Look;
import dev.stemfleet.common.domain.LoudnessMode;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.domain.Source;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.ModelFacts;
import dev.stemfleet.common.s3.Bucket;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.fixture.Jobs;
import dev.stemfleet.worker.clip.ClipCaches;
import dev.stemfleet.worker.model.Device;
import dev.stemfleet.worker.model.ModelCache;
import dev.stemfleet.worker.place.Outlet;
import dev.stemfleet.worker.place.OutputRoot;
import dev.stemfleet.worker.render.StillVideo;
import dev.stemfleet.worker.separation.Separator;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.source.Sounds;
import dev.stemfleet.worker.speech.SpeechEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A worker without a queue that speaks scripts with the demonstration voice, and remembers what it
/// said. Videos are small. The caller closes.
final class ScriptRoom implements AutoCloseable {
  static final int WIDTH = 320;
  static final int HEIGHT = 180;
  static final String ROOT = "texts";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Path folder;
  private final Path assets;
  private final CatalogSpeech model = ModelCatalog.load(List.of()).usualSpeech();
  private final JobRunner runner;

  /// What was spoken: texts, in order.
  final List<String> said = new ArrayList<>();

  /// @param name of this worker; workers of one folder share its outputs
  /// @param clips that find pictures in the folder's `assets`
  ScriptRoom(Path folder, String name, ClipCaches clips) throws IOException {
    this(folder, name, clips, null);
  }

  /// @param bucket takes the outputs, if not null
  ScriptRoom(Path folder, String name, ClipCaches clips, @Nullable Bucket bucket)
      throws IOException {
    this.folder = folder;
    this.assets = Files.createDirectories(folder.resolve("assets"));
    Clock clock = Clock.systemUTC();
    OutputRoot out = new OutputRoot(folder.resolve("out"));
    ExecutorService pool = add(Executors.newFixedThreadPool(2));
    StemStore store = add(StemStore.open(folder.resolve("stems-" + name), 1L << 30, clock));
    Assets found = new Assets(List.of(assets), out.assets());
    Outlet outlet =
        add(
            bucket == null
                ? Outlet.of(out, name)
                : Outlet.of(bucket, new OutputRoot(folder.resolve("work-" + name)), name));
    WebDownload web = new WebDownload(new WebGuard(List.of()), WebLimits.USUAL);
    Sounds sounds = new Sounds(Map.of(ROOT, Files.createDirectories(folder.resolve(ROOT))), web);
    KnownModels known = KnownModels.in(List.of());
    ModelCache models = add(new ModelCache(Device.parse("cpu"), 1, clock));
    ResidentSeparation separation =
        new ResidentSeparation(known, models, store, new Separator(pool));
    ResidentSpeech speech =
        new ResidentSpeech(
            known,
            new Listened(new DemonstrationModels(clock)),
            store,
            outlet.takes(),
            found,
            pool);
    this.runner =
        new JobRoom(outlet.placement(), outlet.folders(), outlet.attempts(), sounds, found)
            .runner(
                new StemSources(separation, speech),
                clips,
                StillVideo.open(),
                pool,
                new Results(name, clock));
  }

  private <C extends AutoCloseable> C add(C part) {
    opened.push(part);
    return part;
  }

  JobOutcome run(Job job, Lease lease, Reporter reporter) {
    return runner.run(job, 1, lease, reporter);
  }

  Path out() {
    return folder.resolve("out");
  }

  /// A job of a text.
  Job job(String text, Speech speech, String channelKey) {
    try {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      String sha256 = Sha256.of(bytes);
      Files.write(folder.resolve(ROOT).resolve(sha256 + ".txt"), bytes);
      Track track =
          new Track(
              Identity.trackId(sha256),
              new Source.InRoot(ROOT, sha256 + ".txt"),
              sha256,
              bytes.length,
              null,
              "A Tale",
              "An Author",
              null,
              null,
              null,
              null,
              Trim.NONE,
              speech);
      return job(track, channel(channelKey));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same, submitted once more.
  Job ofAnotherRun(Job job) {
    return job(job.track(), job.channel(), "01a20138-c691-733c-9fb5-784ea7433739");
  }

  private Job job(Track track, Channel channel) {
    return job(track, channel, Jobs.job("friday", channel.key()).run());
  }

  private Job job(Track track, Channel channel, String run) {
    Job like = Jobs.job("friday", channel.key());
    return new Job(
        like.schema(),
        Identity.jobId(like.batch(), track.id(), channel.key()),
        like.batch(),
        run,
        like.submittedAt(),
        track,
        channel,
        model.ref(),
        like.products(),
        null,
        like.batch() + "/" + channel.label() + "/" + track.id(),
        List.of());
  }

  private Channel channel(String key) {
    Map<Stem, dev.stemfleet.common.domain.AssetRef> icons = new EnumMap<>(Stem.class);
    icons.put(Stem.NARRATION, stored(assets, "narration.png", png(plain(20, 20, 0xFF000000))));
    Look look =
        new Look(
            WIDTH,
            HEIGHT,
            24,
            Layout.LANDSCAPE,
            null,
            stored(assets, "background.png", png(plain(64, 36, 0xFF204060))),
            stored(assets, key + ".png", png(plain(50, 20, 0xFF2040FF + key.length()))),
            icons);
    Channel like = Jobs.channel(key);
    return new Channel(
        key,
        like.label(),
        List.of(),
        List.of(Stem.NARRATION),
        look,
        false,
        LoudnessMode.OFF,
        like.publishing());
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  /// Notes what is said.
  private final class Listened implements SpeechModels {
    private final SpeechModels models;

    Listened(SpeechModels models) {
      this.models = models;
    }

    @Override
    public HeldEngine hold(CatalogSpeech wanted) {
      return listened(models.hold(wanted));
    }

    @Override
    public Optional<HeldEngine> holdResident(CatalogSpeech wanted) {
      return models.holdResident(wanted).map(this::listened);
    }

    @Override
    public HeldRecogniser hold(CatalogRecogniser wanted) {
      return models.hold(wanted);
    }

    @Override
    public void closeIdle() {
      models.closeIdle();
    }

    private HeldEngine listened(HeldEngine held) {
      return new HeldEngine() {
        @Override
        public SpeechEngine engine() {
          return ScriptRoom.this.listened(held.engine());
        }

        @Override
        public ModelFacts facts() {
          return held.facts();
        }

        @Override
        public void serveJob() {
          held.serveJob();
        }

        @Override
        public void close() {
          held.close();
        }
      };
    }
  }

  private SpeechEngine listened(SpeechEngine engine) {
    return new SpeechEngine() {
      @Override
      public int sampleRateHz() {
        return engine.sampleRateHz();
      }

      @Override
      public SpokenVoice voice(@org.jspecify.annotations.Nullable Path recording, String speaker) {
        SpokenVoice voice = engine.voice(recording, speaker);
        return (text, language, parameters, seed) -> {
          said.add(text.strip());
          return voice.speak(text, language, parameters, seed);
        };
      }
    };
  }
}
