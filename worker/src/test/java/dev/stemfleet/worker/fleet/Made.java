package dev.stemfleet.worker.fleet;

import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Result;
import java.nio.file.Path;
import java.util.List;

/// The files that a result names, in an output root.
record Made(Path out, Result result) {
  Path file(Stem stem, Product product) {
    OutputFile found =
        result.files().stream()
            .filter(file -> file.stem() == stem && file.product() == product)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + product + " of " + stem + ": " + result));
    return out.resolve(found.path());
  }

  Video video(Stem stem) {
    return new Video(file(stem, Product.VIDEO));
  }

  /// Where the files of one kind lie, relative to the output root.
  List<String> paths(Product product) {
    return result.files().stream()
        .filter(file -> file.product() == product)
        .map(OutputFile::path)
        .toList();
  }
}
