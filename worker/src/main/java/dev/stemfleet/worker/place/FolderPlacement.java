package dev.stemfleet.worker.place;

import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Outputs in a folder that the fleet shares: each is moved into place in one step, from a work
/// folder of the same file system.
public final class FolderPlacement implements Placement {
  private static final int MAX_TRIES = 20;

  private final OutputRoot out;

  public FolderPlacement(OutputRoot out) {
    this.out = out;
  }

  @Override
  public Optional<Placed> finished(String owner, String spec, String directory, String trackId) {
    List<String> candidates = new ArrayList<>();
    noted(owner).ifPresent(candidates::add);
    candidates.addAll(Placement.names(directory, trackId, owner));
    for (String candidate : candidates) {
      Path folder = out.resolve(candidate);
      Optional<Manifest> manifest = Manifest.in(folder);
      if (manifest.isPresent()
          && manifest.get().owner().equals(owner)
          && manifest.get().spec().equals(spec)
          && manifest.get().holdsIn(folder)) {
        return Optional.of(new Placed(candidate, manifest.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Placed place(
      Path from,
      String owner,
      String spec,
      List<Manifest.Entry> files,
      String directory,
      String trackId,
      Function<String, @Nullable Result> result,
      Predicate<Manifest> enough) {
    Optional<String> former = noted(owner);
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      for (String candidate : Placement.names(directory, trackId, owner)) {
        Path target = out.resolve(candidate);
        out.requireInside(target);
        Optional<Manifest> there = Manifest.in(target);
        if (there.isEmpty() && hasContent(target)) {
          // Another worker may have put its whole folder there since the first look.
          there = Manifest.in(target);
          if (there.isEmpty()) {
            continue;
          }
        }
        if (there.isPresent()) {
          if (!there.get().owner().equals(owner)) {
            continue;
          }
          if (there.get().spec().equals(spec)
              && enough.test(there.get())
              && there.get().holdsIn(target)) {
            note(owner, candidate);
            return new Placed(candidate, there.get());
          }
          setAside(target, from);
        }
        Manifest manifest =
            new Manifest(Schema.VERSION, owner, spec, files, result.apply(candidate));
        Disk.writeWhole(from.resolve(Manifest.NAME), manifest.bytes());
        if (Disk.moveFolder(from, target)) {
          note(owner, candidate);
          former.filter(old -> !old.equals(candidate)).ifPresent(old -> removeFormer(old, owner));
          return new Placed(candidate, manifest);
        }
        break;
      }
    }
    throw Disk.failure(
        out.path().resolve(directory), new IOException("other jobs keep taking the place"));
  }

  @Override
  public boolean has(String path, long bytes) {
    try {
      return Files.size(out.resolve(path)) == bytes;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasContent(Path folder) {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /// The folder that is replaced goes beside the work folder, which is removed with it.
  private static void setAside(Path target, Path from) {
    Path aside = from.resolveSibling(from.getFileName() + ".former");
    Disk.deleteTree(aside);
    if (Disk.moveFolder(target, aside)) {
      Disk.deleteTree(aside);
    }
  }

  private void removeFormer(String directory, String owner) {
    Path folder = out.resolve(directory);
    if (Manifest.in(folder).filter(manifest -> manifest.owner().equals(owner)).isPresent()) {
      // Renamed first, so that nobody sees a folder that is half gone.
      Path hidden = out.work().resolve("former-" + owner + "-" + ProcessHandle.current().pid());
      Disk.createFolders(out.work());
      if (Disk.moveFolder(folder, hidden)) {
        Disk.deleteTree(hidden);
      }
    }
  }

  private Optional<String> noted(String owner) {
    try {
      return Optional.of(Files.readString(out.places().resolve(owner)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void note(String owner, String directory) {
    Disk.writeWhole(
        out.places().resolve(owner), directory.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
