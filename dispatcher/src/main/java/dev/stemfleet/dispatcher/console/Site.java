package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.config.ProductVersion;
import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.common.http.Routes;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which path is answered by what. Immutable.
record Site(
    ConsoleSettings settings, Noticeboard notices, Made made, Sights sights, Actions actions) {
  private static final String JOBS = "/api/jobs/";
  private static final String MEDIA = "/media/";
  private static final String FRAMES = "/frames/";
  private static final Pattern JOB = Pattern.compile("([0-9a-f]{16})");
  private static final Pattern FILE = Pattern.compile("([0-9a-f]{16})/(\\d{1,5})");
  private static final Pattern WAVEFORM = Pattern.compile("([0-9a-f]{16})/waveform/(\\d{1,5})");
  private static final Pattern FRAME = Pattern.compile("([0-9a-f]{16})/([a-z]{1,20})");

  /// All of it, for those who may see it.
  Handler behindItsDoor() {
    PageFiles page = PageFiles.load();
    boolean loopbackOnly = settings.listen().loopback() && settings.hosts().isEmpty();
    return new Access(
        Hosts.of(loopbackOnly, settings.hosts()),
        new Credentials(settings.token()),
        settings.lockedForAll(),
        page.paths(),
        routes(page));
  }

  private Routes routes(PageFiles page) {
    Sessions sessions =
        new Sessions(
            settings.token(),
            new Sessions.Facts(settings.lockedForAll(), ProductVersion.of(Site.class).toString()));
    Streams streams = new Streams(notices);
    Routes routes = new Routes();
    page.addTo(routes);
    settings.more().forEach(routes::get);
    return routes
        .get(Access.SESSION, sessions::tell)
        .post(Access.SESSION, sessions::signIn)
        .post(Access.SESSION + "/end", sessions::signOut)
        .get("/api/events", request -> streams.open())
        .get("/api/jobs", request -> json(JobPages.of(notices.fleet(), JobPages.Query.of(request))))
        .get(JOBS, this::job)
        .get(MEDIA, this::media)
        .get(FRAMES, this::frame)
        .post("/api/retry", actions::retry)
        .post("/api/cancel", actions::cancel);
  }

  private Answer job(Request request) {
    String rest = request.path().substring(JOBS.length());
    if (JOB.matcher(rest).matches()) {
      return json(made.detail(rest));
    }
    List<String> parts = parts(WAVEFORM, rest);
    return json(sights.waveform(parts.get(0), Integer.parseInt(parts.get(1))));
  }

  private Answer media(Request request) throws IOException {
    List<String> parts = parts(FILE, request.path().substring(MEDIA.length()));
    return FileAnswer.of(request, made.file(parts.get(0), Integer.parseInt(parts.get(1))));
  }

  private Answer frame(Request request) {
    List<String> parts = parts(FRAME, request.path().substring(FRAMES.length()));
    return sights.frame(parts.get(0), parts.get(1));
  }

  private static Answer json(Record value) {
    return Answer.of(Answer.JSON, Pieces.json(value));
  }

  private static List<String> parts(Pattern form, String path) {
    Matcher parts = form.matcher(path);
    if (!parts.matches()) {
      throw new RequestRefused(404, "nothing lies here");
    }
    return List.of(parts.group(1), parts.group(2));
  }
}
