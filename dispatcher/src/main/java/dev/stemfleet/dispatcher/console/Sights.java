package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.catalog.AssetFolder;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.RequestRefused;
import dev.stemfleet.common.media.Waveform;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.dispatcher.local.FramePreview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pictures of what was made: waveforms of its sound, and the frame that a channel's videos show.
/// Made when somebody looks, and kept while they are among the last. Thread-safe; the caller
/// closes.
final class Sights implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sights.class);
  private static final int STRETCHES = 600;
  private static final int MOST_WAVEFORMS = 200;
  private static final int MOST_FRAMES = 24;

  private final Made made;
  private final Path assets;
  private final Supplier<FramePreview> preview;
  private final Kept<Waveform> waveforms = new Kept<>("stemfleet-console-sound", MOST_WAVEFORMS);
  private final Kept<Answer> frames = new Kept<>("stemfleet-console-frames", MOST_FRAMES);

  /// @param preview what draws frames; throws `ConfigException` where no worker program is built
  Sights(Made made, Path assets, Supplier<FramePreview> preview) {
    this.made = made;
    this.assets = assets;
    this.preview = preview;
  }

  /// How loud one of a job's files is over its time.
  ///
  /// @throws RequestRefused 404 if there is no such file, 422 if it has no sound
  Waveform waveform(String jobId, int number) {
    OutputFile entry = made.entry(jobId, number);
    if (entry.product() == null) {
      throw new RequestRefused(422, "that file has no sound");
    }
    Path file = made.file(jobId, number);
    return kept(waveforms, entry.sha256() + entry.path(), () -> Waveform.of(file, STRETCHES));
  }

  /// The frame of a job's channel, as its files are now, with the job's cover where there is one.
  ///
  /// @throws RequestRefused 404 if the channel or the stem is not there, 422 if it cannot be drawn
  Answer frame(String jobId, String stemName) {
    Stem stem = Stem.named(stemName).orElseThrow(() -> none("stem"));
    String key = made.job(jobId).info().channel();
    Path cover = made.cover(jobId).orElse(null);
    return kept(
        frames,
        key + "/" + stem.key() + "/" + (cover == null ? "" : jobId),
        () -> {
          Channel channel = channel(key).orElseThrow(() -> none("channel"));
          return draw(new FramePreview.Wanted(channel, stem, cover));
        });
  }

  @Override
  public void close() {
    waveforms.close();
    frames.close();
  }

  private Optional<Channel> channel(String key) {
    return ChannelCatalog.load(new AssetFolder(assets)).named(key);
  }

  private Answer draw(FramePreview.Wanted wanted) throws IOException, InterruptedException {
    Path png = Files.createTempFile("stemfleet-frame-", ".png");
    try {
      if (!preview.get().drawSilently(wanted, png)) {
        throw new RequestRefused(422, "the frame cannot be drawn: see channels preview");
      }
      return Answer.of("image/png", Files.readAllBytes(png))
          .with("Cache-Control", "private, max-age=60");
    } finally {
      Files.deleteIfExists(png);
    }
  }

  private static <T> T kept(Kept<T> shelf, String key, Callable<T> maker) {
    try {
      return shelf.get(key, maker);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestRefused refused) {
        throw refused;
      }
      if (e.getCause() instanceof JobException failed) {
        throw new RequestRefused(422, String.valueOf(failed.getMessage()));
      }
      LOG.warn("this cannot be shown", e.getCause());
      throw new RequestRefused(422, "this cannot be shown; the log says why");
    } catch (RejectedExecutionException e) {
      throw new RequestRefused(503, "too much is asked at once; try again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestRefused(503, "the console ends");
    }
  }

  private static RequestRefused none(String what) {
    return new RequestRefused(404, "there is no such " + what);
  }
}
