package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.http.HttpServing;
import dev.stemfleet.common.http.ListenAddress;
import dev.stemfleet.dispatcher.local.FramePreview;
import dev.stemfleet.dispatcher.local.WorkerProgram;
import java.time.Clock;

/// The served page, from its opening until its owner closes it.
public final class Console implements AutoCloseable {

  private final ConsoleSettings settings;
  private final Noticeboard notices = new Noticeboard();
  private final QueueAsker queue;
  private final FleetReader reader;
  private final Sights sights;
  private final HttpServing serving;

  private Console(ConsoleSettings settings, Gate gate, Clock clock) {
    this.settings = settings;
    Made made = new Made(notices::fleet, new OutputFolder(settings.out()));
    this.sights =
        new Sights(
            made,
            settings.assets(),
            () -> new FramePreview(WorkerProgram.find(settings.home()), settings.assets()));
    Actions actions = new Actions(gate, clock, notices::fleet);
    Site site = new Site(settings, notices, made, sights, actions);
    this.serving = HttpServing.open(settings.listen(), site.behindItsDoor());
    this.queue = QueueAsker.start(gate);
    this.reader =
        FleetReader.start(
            gate,
            clock,
            (fleet, state) -> notices.put(fleet, BoardMaker.of(fleet, queue.last(), state)));
  }

  /// Binds, and begins to read the topics. The caller closes.
  ///
  /// @throws dev.stemfleet.common.config.ConfigException if the address cannot be had
  public static Console open(ConsoleSettings settings, Gate gate, Clock clock) {
    return new Console(settings, gate, clock);
  }

  /// Where it listens.
  public ListenAddress address() {
    return serving.address();
  }

  /// What somebody opens to be signed in. Browsers keep what stands behind the `#` to themselves,
  /// so the token is in no log and no referrer.
  public String link() {
    return "http://" + address() + "/#token=" + settings.token().text();
  }

  @Override
  public void close() {
    notices.close();
    reader.close();
    queue.close();
    sights.close();
    serving.close();
  }
}
