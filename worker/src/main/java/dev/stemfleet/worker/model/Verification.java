package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.failure.JobException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All files of a model being checked, one after the other, while its networks are opened: reading
/// large files twice, for their sums and for their sessions, happens at the same time.
final class Verification {
  private final List<FutureTask<@Nullable Void>> checks;

  private Verification(List<FutureTask<@Nullable Void>> checks) {
    this.checks = checks;
  }

  /// Side files come first: a network that lacks them fails in words of its own.
  static Verification start(CatalogEntry model) {
    Stream<ModelFile> files = model.allFiles().reversed().stream();
    Verification verification = new Verification(files.map(file -> check(model, file)).toList());
    Thread.ofPlatform()
        .name("stemfleet-verify-model")
        .daemon()
        .start(() -> verification.checks.forEach(FutureTask::run));
    return verification;
  }

  private static FutureTask<@Nullable Void> check(CatalogEntry model, ModelFile file) {
    return new FutureTask<>(() -> ModelFiles.verify(model, file), null);
  }

  /// Waits until all are checked.
  ///
  /// @throws JobException MODEL_BROKEN naming the first that is not as the definition says
  void await() {
    for (FutureTask<@Nullable Void> check : checks) {
      try {
        check.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof JobException wrong ? wrong : new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a model was checked", e);
      }
    }
  }
}
