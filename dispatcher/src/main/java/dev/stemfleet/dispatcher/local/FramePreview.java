package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The exact frame that a worker would put into a video, drawn by the worker program itself, in a
/// process of its own.
///
/// @param assets folder of the channel's pictures
public record FramePreview(WorkerProgram program, Path assets) {
  private static final long PATIENCE_SECONDS = 60;

  /// What is drawn.
  ///
  /// @param thumbnail the track's cover; null for the placeholder
  public record Wanted(Channel channel, Stem stem, @Nullable Path thumbnail) {}

  /// Draws with this process's own output.
  ///
  /// @return the worker program's exit code
  public int draw(Wanted wanted, Path png) throws IOException, InterruptedException {
    return withMessage(wanted, message -> program.run(arguments(wanted, message, png)));
  }

  /// Draws without a word.
  ///
  /// @return whether it could be drawn within a minute
  public boolean drawSilently(Wanted wanted, Path png) throws IOException, InterruptedException {
    return withMessage(
        wanted,
        message -> {
          Process process =
              program
                  .process(List.of(), arguments(wanted, message, png))
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
          try {
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
          } finally {
            process.destroyForcibly();
          }
        });
  }

  private interface Drawing<T> {
    T with(Path message) throws IOException, InterruptedException;
  }

  private static <T> T withMessage(Wanted wanted, Drawing<T> drawing)
      throws IOException, InterruptedException {
    Path message = Files.createTempFile("stemfleet-", ".json");
    try {
      Files.write(message, Wire.write(wanted.channel()));
      return drawing.with(message);
    } finally {
      Files.deleteIfExists(message);
    }
  }

  private List<String> arguments(Wanted wanted, Path message, Path png) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("preview", "--channel-json", message.toString()));
    arguments.addAll(List.of("--stem", wanted.stem().key(), "--png", png.toString()));
    arguments.addAll(List.of("--assets", assets.toString()));
    Path thumbnail = wanted.thumbnail();
    if (thumbnail != null) {
      arguments.addAll(List.of("--thumbnail", thumbnail.toString()));
    }
    return arguments;
  }
}
