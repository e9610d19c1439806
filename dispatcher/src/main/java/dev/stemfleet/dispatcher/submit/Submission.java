package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.s3.StoreSources;
import dev.stemfleet.common.web.WebDownload;
import dev.stemfleet.common.web.WebGuard;
import dev.stemfleet.common.web.WebLimits;
import dev.stemfleet.dispatcher.plan.BatchName;
import dev.stemfleet.dispatcher.plan.Plan;
import dev.stemfleet.dispatcher.plan.PlanRequest;
import dev.stemfleet.dispatcher.plan.Planner;
import dev.stemfleet.dispatcher.plan.Refusal;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.plan.TrackRequest;
import dev.stemfleet.dispatcher.script.SpeechChoices;
import dev.stemfleet.dispatcher.script.SpeechFile;
import dev.stemfleet.dispatcher.script.SpokenWith;
import dev.stemfleet.dispatcher.script.VoiceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One submit: what was asked for is checked as a whole, every track is looked at, jobs are planned
/// and sent.
///
/// What makes no sense as a whole (an unknown channel, a wrong field) ends it before anything is
/// sent; a track that cannot be used is left out and the others go on. For one thread.
public final class Submission {
  private final FleetSettings settings;
  private final Clock clock;
  private final Supplier<String> runIds;
  private final JobSink.Opener sinks;

  /// @param clock whose zone holds for publish times without one, and for batch names
  /// @param runIds gives UUIDv7 texts
  /// @param sinks opened once everything that was asked for makes sense
  public Submission(
      FleetSettings settings, Clock clock, Supplier<String> runIds, JobSink.Opener sinks) {
    this.settings = settings;
    this.clock = clock;
    this.runIds = runIds;
    this.sinks = sinks;
  }

  /// Submits.
  ///
  /// @param flags stronger than what job files say
  /// @throws dev.stemfleet.dispatcher.plan.RequestException if the whole makes no sense; nothing
  ///   was sent
  /// @throws dev.stemfleet.common.config.ConfigException if a channel or model file is wrong
  /// @throws JobException if the queue or the output root cannot take it
  public SubmitReport submit(Inputs inputs, JobFields flags, SubmitProgress progress) {
    JobFields fields = flags.over(inputs.fields());
    AssetFolder assets = new AssetFolder(settings.assets());
    ModelCatalog models = ModelCatalog.load(List.of(settings.models()));
    Choices choices = choices(fields, assets, models);
    Map<List<SpeechFile>, SpokenWith> spoken = spoken(inputs, models);
    String run = runIds.get();
    String batch = batch(fields, run);
    Planner.requirePlannable(
        request(choices, batch, run, List.of()), inputs.hasMusic(), inputs.hasScripts());
    try (JobSink sink = sinks.open();
        StoreSources store = new StoreSources(settings.s3())) {
      choices.channels().forEach(channel -> keepPictures(channel, inputs, assets, sink));
      ParallelLook look =
          ParallelLook.at(inputs.tracks(), reader(spoken, store, sink, progress), progress);
      Plan plan = Planner.plan(request(choices, batch, run, look.found()));
      send(plan, batch, sink, progress);
      return report(plan, look, batch, run);
    }
  }

  /// Checks what would hold for every piece of music, before there is any.
  ///
  /// @throws dev.stemfleet.dispatcher.plan.RequestException if it makes no sense
  /// @throws dev.stemfleet.common.config.ConfigException if a channel or model file is wrong
  public void check(JobFields fields) {
    ModelCatalog models = ModelCatalog.load(List.of(settings.models()));
    Choices choices = choices(fields, new AssetFolder(settings.assets()), models);
    String run = runIds.get();
    Planner.requirePlannable(request(choices, batch(fields, run), run, List.of()), true, false);
  }

  private Choices choices(JobFields fields, AssetFolder assets, ModelCatalog models) {
    ChannelCatalog channels = ChannelCatalog.load(assets);
    return Choices.of(fields, channels, models, settings.model(), clock.getZone());
  }

  /// How the scripts are spoken, by what is said of them.
  private Map<List<SpeechFile>, SpokenWith> spoken(Inputs inputs, ModelCatalog models) {
    if (!inputs.hasScripts()) {
      return Map.of();
    }
    Path file = settings.assets().resolve(SpeechChoices.DEFAULTS);
    SpeechFile defaults = Files.exists(file) ? SpeechFile.read(file) : SpeechFile.NONE;
    SpeechChoices choices = new SpeechChoices(models, defaults, inputs.speech());
    Map<List<SpeechFile>, SpokenWith> spoken = new HashMap<>();
    for (TrackEntry entry : inputs.tracks()) {
      List<SpeechFile> said = entry.speech();
      if (said != null && !spoken.containsKey(said)) {
        spoken.put(said, choices.of(said));
      }
    }
    return spoken;
  }

  private Function<TrackEntry, TrackRequest> reader(
      Map<List<SpeechFile>, SpokenWith> spoken,
      StoreSources store,
      JobSink sink,
      SubmitProgress progress) {
    Downloads downloads =
        new Downloads(
            new WebDownload(new WebGuard(settings.privateHosts()), WebLimits.USUAL), store);
    Roots roots = new Roots(settings.roots());
    Thumbnails thumbnails = new Thumbnails(sink::keep);
    TrackReader music = new TrackReader(roots, downloads, sink::keep);
    ScriptReader scripts =
        new ScriptReader(
            spoken, roots, downloads, new VoiceFiles(sink::keep), thumbnails, progress);
    return entry -> entry.speech() == null ? music.read(entry) : scripts.read(entry);
  }

  private String batch(JobFields fields, String run) {
    String given = fields.batch();
    return given == null ? BatchName.unnamed(LocalDate.now(clock), run) : BatchName.given(given);
  }

  private PlanRequest request(
      Choices choices, String batch, String run, List<TrackRequest> tracks) {
    return new PlanRequest(
        batch,
        run,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        tracks,
        choices.channels(),
        choices.stems(),
        choices.model(),
        choices.products(),
        choices.publish());
  }

  private static void keepPictures(
      Channel channel, Inputs inputs, AssetFolder assets, JobSink sink) {
    Set<AssetRef> pictures = new HashSet<>();
    pictures.add(channel.look().background());
    pictures.add(channel.look().watermark());
    channel
        .look()
        .icons()
        .forEach(
            (stem, icon) -> {
              boolean wanted =
                  stem == Stem.NARRATION
                      ? inputs.hasScripts()
                      : inputs.hasMusic() && channel.stems().contains(stem);
              if (wanted) {
                pictures.add(icon);
              }
            });
    for (AssetRef picture : pictures) {
      Path file = assets.fileOf(picture);
      try {
        sink.keep(picture, Files.readAllBytes(file));
      } catch (IOException e) {
        throw new JobException(
            FailureCode.ASSET_UNREADABLE, file + ": cannot be read: " + e.getMessage(), e);
      }
    }
  }

  private static void send(Plan plan, String batch, JobSink sink, SubmitProgress progress) {
    int sent = 0;
    try {
      for (TrackPlan track : plan.tracks()) {
        sink.send(track);
        progress.sent(++sent, plan.tracks().size());
      }
      sink.flush();
    } catch (JobException e) {
      // The one that failed is not among those that were handed over, but may be unconfirmed.
      int stored = Math.max(0, sent - sink.unconfirmed());
      throw new JobException(
          e.code(),
          "%s (%d of %d tracks were sent; submit the same with --job '%s' to go on)"
              .formatted(e.getMessage(), stored, plan.tracks().size(), batch),
          e);
    }
  }

  private static SubmitReport report(Plan plan, ParallelLook look, String batch, String run) {
    List<Refusal> refusals = new ArrayList<>(look.refusals());
    refusals.addAll(plan.refusals());
    Stream<String> ofTracks =
        look.found().stream()
            .flatMap(track -> track.warnings().stream().map(w -> track.input() + ": " + w));
    return new SubmitReport(
        batch,
        run,
        plan.tracks().size(),
        plan.jobCount(),
        refusals,
        Stream.concat(ofTracks, plan.warnings().stream()).toList());
  }
}
