package dev.stemfleet.worker.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The GPUs of NVIDIA that this machine shows, whether CUDA can be used or not: on Linux each has a
/// file of its own. Elsewhere none is found.
final class Gpus {
  private Gpus() {}

  /// Their number.
  ///
  /// @param devices the folder of device files, `/dev`
  /// @param visible `CUDA_VISIBLE_DEVICES`, which hides GPUs from CUDA; null if it is not set
  static int count(Path devices, @Nullable String visible) {
    if (visible != null && (visible.isBlank() || visible.strip().startsWith("-"))) {
      return 0;
    }
    int shown = visible == null ? Integer.MAX_VALUE : List.of(visible.split(",")).size();
    if (!Files.isDirectory(devices)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(devices)) {
      // dxg stands for all GPUs under Windows.
      long there =
          files.filter(file -> file.getFileName().toString().matches("nvidia\\d+|dxg")).count();
      return (int) Math.min(shown, there);
    } catch (IOException e) {
      return 0;
    }
  }
}
