package dev.stemfleet.dispatcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.FileNames;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Publishing;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.domain.Trim;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.common.message.WireException;
import dev.stemfleet.fixture.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlannerTest {
  private static final String RUN = "01980000-0000-7000-8000-00000000beef";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void everyTrackGetsAJobForEveryChannel() {
    Plan plan = Planner.plan(request(tracks("One", "Two"), "main", "drums"));

    assertThat(plan.jobCount()).isEqualTo(4);
    assertThat(plan.tracks()).extracting(t -> t.track().title()).containsExactly("One", "Two");
    assertThat(plan.tracks().getFirst().jobs())
        .extracting(Job::directory)
        .containsExactly(
            "friday/Label of main/An Artist - One", "friday/Label of drums/An Artist - One");
    assertThat(plan.tracks().stream().flatMap(t -> t.jobs().stream()).map(Job::jobId))
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameRequestGivesTheSamePlan() {
    PlanRequest request = request(tracks("One", "Two"), "main", "drums");

    assertThat(Planner.plan(request)).isEqualTo(Planner.plan(request));
  }

  @Test
  void aLaterSubmitHasTheSameJobIdsInAnotherRun() {
    PlanRequest first = request(tracks("One"), "main");
    PlanRequest later = inRun(first, "01990000-0000-7000-8000-000000000000");

    Job job = Planner.plan(first).tracks().getFirst().jobs().getFirst();
    Job again = Planner.plan(later).tracks().getFirst().jobs().getFirst();

    assertThat(again.jobId()).isEqualTo(job.jobId());
    assertThat(again.run()).isNotEqualTo(job.run());
  }

  @Test
  void theSameTrackTwiceIsOneJobWithAWarning() {
    TrackRequest one = tracks("One").getFirst();
    TrackRequest again = new TrackRequest(one.track(), "copy of one.wav", List.of());

    Plan plan = Planner.plan(request(List.of(one, again), "main"));

    assertThat(plan.jobCount()).isEqualTo(1);
    assertThat(plan.warnings()).singleElement().asString().contains("copy of one.wav");
    assertThat(plan.tracks().getFirst().jobs().getFirst().warnings())
        .singleElement()
        .asString()
        .contains("made once");
  }

  @Test
  void oneIdForTwoSoundsIsRefusedAsAWhole() {
    Track one = Jobs.track("A", "One");
    TrackRequest other = named(withId(Jobs.track("A", "Two"), one.id()), "two.wav");

    assertThatThrownBy(() -> Planner.plan(request(List.of(named(one, "one.wav"), other), "main")))
        .isInstanceOf(RequestException.class)
        .hasMessageContainingAll("id", "one.wav", "two.wav");
  }

  @ParameterizedTest
  @CsvSource({"Song, Song", "Song, SONG", "Caf\u00e9, Cafe\u0301", "What?, What", "a/b, a:b"})
  void tracksThatWouldShareAFolderAreKeptApart(String title, String other) {
    List<TrackRequest> tracks =
        List.of(named(sounding("1", title), "1.wav"), named(sounding("2", other), "2.wav"));

    Plan plan = Planner.plan(request(tracks, "main"));

    assertThat(directories(plan))
        .allSatisfy(directory -> assertThat(directory).matches(".* \\([0-9a-f]{6}\\)"))
        .doesNotHaveDuplicates();
    assertThat(directories(plan).getFirst())
        .endsWith(" (" + tracks.getFirst().track().id().substring(0, 6) + ")");
  }

  @Test
  void titlesThatAreTheSameOnlyAfterCuttingAreKeptApart() {
    String start = "\ud83e\udd41".repeat(150);
    List<TrackRequest> tracks =
        List.of(
            named(sounding("1", start + "a"), "1.wav"), named(sounding("2", start + "b"), "2.wav"));

    Plan plan = Planner.plan(request(tracks, "main"));

    assertThat(directories(plan)).extracting(FileNames::fold).doesNotHaveDuplicates();
    assertThat(directories(plan))
        .allSatisfy(d -> assertThat(FileNames.bytes(lastPart(d))).isLessThanOrEqualTo(255));
  }

  @Test
  void idsThatBeginAlikeStillGetFoldersOfTheirOwn() {
    List<TrackRequest> tracks =
        List.of(
            named(withId(sounding("1", "Song"), "friday-01"), "1.wav"),
            named(withId(sounding("2", "Song"), "friday-02"), "2.wav"),
            named(withId(sounding("3", "Song"), "FRIDAY-03"), "3.wav"));

    assertThat(directories(Planner.plan(request(tracks, "main"))))
        .extracting(FileNames::fold)
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void aTitleThatLooksLikeASuffixedFolderDoesNotMeetOne() {
    Track one = sounding("1", "Song");
    Track like = sounding("3", "Song (" + one.id().substring(0, 6) + ")");
    List<TrackRequest> tracks =
        List.of(named(one, "1.wav"), named(sounding("2", "Song"), "2.wav"), named(like, "3.wav"));

    assertThat(directories(Planner.plan(request(tracks, "main")))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "\u0634\u0643\u0631\u0627",
    "\ud83d\udd25\ud83d\udd25",
    "../../etc/passwd",
    "CON",
    "..."
  })
  void anyTitleGivesOneFolderBelowTheChannels(String title) {
    Plan plan = Planner.plan(request(List.of(named(sounding("1", title), "1.wav")), "main"));

    assertThat(directories(plan).getFirst().split("/", -1)).hasSize(3).doesNotContain("..", "");
  }

  @Test
  void stemsNarrowTheChannels() {
    PlanRequest all = request(tracks("One"), "main");
    PlanRequest request = narrowed(all, Stem.BASS, Stem.NARRATION);

    Job job = Planner.plan(request).tracks().getFirst().jobs().getFirst();

    assertThat(job.channel().stems()).containsExactly(Stem.BASS);
  }

  @Test
  void aChannelThatMakesNoneOfTheStemsIsAnError() {
    PlanRequest request = narrowed(request(tracks("One"), "main"), Stem.NARRATION);

    assertThatThrownBy(() -> Planner.plan(request))
        .isInstanceOf(RequestException.class)
        .hasMessageContainingAll("stems", "main", "narration");
  }

  @Test
  void aScriptIsMadeIntoItsNarrationOnEveryChannelAndMusicNever() {
    TrackRequest script = named(Jobs.script("Tale"), "tale.txt");

    Plan plan = Planner.plan(request(List.of(script, tracks("One").getFirst()), "main", "drums"));

    assertThat(plan.tracks().getFirst().jobs())
        .hasSize(2)
        .allSatisfy(job -> assertThat(job.channel().stems()).containsExactly(Stem.NARRATION));
    assertThat(plan.tracks().getLast().jobs())
        .allSatisfy(job -> assertThat(job.channel().stems()).hasSize(5))
        .allSatisfy(job -> assertThat(job.channel().stems()).doesNotContain(Stem.NARRATION));
  }

  @Test
  void aChannelMaySayOtherThingsBesideNarrations() {
    Channel channel = Jobs.channel("main");
    Publishing both =
        new Publishing(
            "Music",
            Publishing.Privacy.PRIVATE,
            "A song",
            List.of("stems"),
            null,
            new Publishing.Narration("Education", null, List.of("story"), null));
    Channel speaking =
        new Channel(
            channel.key(),
            channel.label(),
            channel.aliases(),
            channel.stems(),
            channel.look(),
            true,
            channel.loudness(),
            both);
    TrackRequest script = named(Jobs.script("Tale"), "tale.txt");

    Plan plan =
        Planner.plan(
            with(request(List.of(script, tracks("One").getFirst()), "main"), List.of(speaking)));

    assertThat(plan.tracks())
        .extracting(track -> track.jobs().getFirst().channel().publishing())
        .containsExactly(
            new Publishing(
                "Education", Publishing.Privacy.PRIVATE, "A song", List.of("story"), null),
            new Publishing("Music", Publishing.Privacy.PRIVATE, "A song", List.of("stems"), null));
  }

  @Test
  void aScriptMayHaveAModelOfItsOwn() {
    ModelRef voice = new ModelRef("demonstration", "0".repeat(64));
    TrackRequest script = new TrackRequest(Jobs.script("Tale"), "tale.txt", voice, List.of());

    Plan plan = Planner.plan(request(List.of(script, tracks("One").getFirst()), "main"));

    assertThat(plan.tracks())
        .extracting(track -> track.jobs().getFirst().model().id())
        .containsExactly("demonstration", "builtin");
  }

  @Test
  void aScriptWithOtherStemsAskedForIsAnError() {
    PlanRequest request =
        narrowed(request(List.of(named(Jobs.script("Tale"), "tale.txt")), "main"), Stem.BASS);

    assertThatThrownBy(() -> Planner.plan(request))
        .isInstanceOf(RequestException.class)
        .hasMessage("stems: a script is made into narration, which is not among bass");
  }

  @Test
  void aChannelTooLargeForMessagesIsNamed() {
    Channel channel = Jobs.channel("main");
    Channel large =
        new Channel(
            channel.key(),
            channel.label(),
            channel.aliases(),
            channel.stems(),
            channel.look(),
            true,
            channel.loudness(),
            new Publishing(
                "Music", Publishing.Privacy.PRIVATE, "\u00e4".repeat(52_000), List.of(), null));
    PlanRequest request = with(request(tracks("One"), "main"), List.of(large));

    assertThatThrownBy(() -> Planner.plan(request))
        .isInstanceOf(RequestException.class)
        .hasMessageContainingAll("channel main", "102,400");
  }

  @Test
  void aTrimBehindTheEndRefusesThatTrackOnly() {
    Track track = Jobs.track("A", "One");
    TrackRequest beyond = named(trimmed(track, new Trim(500, null)), "one.wav");

    Plan plan = Planner.plan(request(List.of(beyond, tracks("Two").getFirst()), "main"));

    assertThat(plan.refusals()).extracting(Refusal::input).containsExactly("one.wav");
    assertThat(plan.jobCount()).isEqualTo(1);
  }

  @Test
  void tracksArePublishedOneAfterTheOtherOnAllChannels() {
    PublishSlots slots =
        new PublishSlots(
            LocalDateTime.parse("2026-05-02T18:00"),
            Duration.ofDays(1),
            ZoneId.of("Europe/Berlin"));
    Plan plan = Planner.plan(publishing(request(tracks("One", "Two"), "main", "drums"), slots));

    assertThat(plan.tracks().get(0).jobs())
        .extracting(job -> String.valueOf(job.publishAt()))
        .containsExactly("2026-05-02T18:00+02:00", "2026-05-02T18:00+02:00");
    assertThat(plan.tracks().get(1).jobs())
        .extracting(job -> String.valueOf(job.publishAt()))
        .containsOnly("2026-05-03T18:00+02:00");
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void aStartInThePastIsWarnedOf() {
    PublishSlots slots =
        new PublishSlots(LocalDateTime.parse("2026-04-01T18:00"), Duration.ZERO, ZoneId.of("UTC"));

    assertThat(Planner.plan(publishing(request(tracks("One"), "main"), slots)).warnings())
        .singleElement()
        .asString()
        .contains("past");
  }

  @Test
  void everyJobSurvivesTheWire() throws WireException {
    Job job =
        Planner.plan(request(tracks("\ud83d\udd25 \u0634"), "main"))
            .tracks()
            .getFirst()
            .jobs()
            .getFirst();

    assertThat(Wire.read(Wire.write(job), Job.class)).isEqualTo(job);
  }

  private static List<String> directories(Plan plan) {
    return plan.tracks().stream()
        .flatMap(track -> track.jobs().stream())
        .map(Job::directory)
        .toList();
  }

  private static String lastPart(String directory) {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  private static List<TrackRequest> tracks(String... titles) {
    return Arrays.stream(titles)
        .map(title -> named(Jobs.track("An Artist", title), title + ".wav"))
        .toList();
  }

  private static TrackRequest named(Track track, String input) {
    return new TrackRequest(track, input, List.of());
  }

  /// A track with the title whose sound depends on `sound` only.
  private static Track sounding(String sound, String title) {
    Track track = Jobs.track("sound", sound);
    return new Track(
        track.id(),
        track.source(),
        track.sha256(),
        1,
        240.0,
        title,
        "",
        124.0,
        "Am",
        null,
        null,
        Trim.NONE);
  }

  private static Track withId(Track track, String id) {
    return new Track(
        id,
        track.source(),
        track.sha256(),
        1,
        240.0,
        track.title(),
        "",
        124.0,
        "Am",
        null,
        null,
        Trim.NONE);
  }

  private static Track trimmed(Track track, Trim trim) {
    return new Track(
        track.id(),
        track.source(),
        track.sha256(),
        1,
        240.0,
        track.title(),
        "",
        124.0,
        "Am",
        null,
        null,
        trim);
  }

  private static PlanRequest request(List<TrackRequest> tracks, String... channels) {
    return new PlanRequest(
        "friday",
        RUN,
        NOW,
        tracks,
        Arrays.stream(channels).map(Jobs::channel).toList(),
        List.of(),
        new ModelRef("builtin", "0".repeat(64)),
        List.of(Product.VIDEO),
        null);
  }

  private static PlanRequest inRun(PlanRequest r, String run) {
    return new PlanRequest(
        r.batch(),
        run,
        r.submittedAt(),
        r.tracks(),
        r.channels(),
        r.stems(),
        r.model(),
        r.products(),
        r.publish());
  }

  private static PlanRequest with(PlanRequest r, List<Channel> channels) {
    return new PlanRequest(
        r.batch(),
        r.run(),
        r.submittedAt(),
        r.tracks(),
        channels,
        r.stems(),
        r.model(),
        r.products(),
        r.publish());
  }

  private static PlanRequest narrowed(PlanRequest r, Stem... stems) {
    return new PlanRequest(
        r.batch(),
        r.run(),
        r.submittedAt(),
        r.tracks(),
        r.channels(),
        List.of(stems),
        r.model(),
        r.products(),
        r.publish());
  }

  private static PlanRequest publishing(PlanRequest r, PublishSlots slots) {
    return new PlanRequest(
        r.batch(),
        r.run(),
        r.submittedAt(),
        r.tracks(),
        r.channels(),
        r.stems(),
        r.model(),
        r.products(),
        slots);
  }
}
