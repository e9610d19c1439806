package dev.stemfleet.worker.separation;

import dev.stemfleet.common.domain.EncodedAudio;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// Encoded stems on this worker's disk, found again by what they were made from.
///
/// An entry is a folder named by its key, with the stems' files and a small `stems.json`. It is
/// made beside its place and moved there in one step, so a killed process leaves no half entry.
/// What is found is checked: sizes at every use, digests at the first use by this process. The
/// store keeps itself below a number of bytes by deleting what was used longest ago, never what
/// somebody holds. One process per folder; within it thread-safe.
public final class StemStore implements AutoCloseable {
  private final StoreFolder folder;
  private final StoreShelf shelf;

  private StemStore(StoreFolder folder, StoreShelf shelf) {
    this.folder = folder;
    this.shelf = shelf;
  }

  /// Opens the store of a folder, which is made if missing. Leftovers of a killed process go.
  ///
  /// @param maxBytes of all entries together; what is held at the moment may exceed it
  /// @param clock says when an entry was used
  /// @throws JobException OUTPUT_UNWRITABLE if the folder cannot be used or another process has it
  public static StemStore open(Path path, long maxBytes, InstantSource clock) {
    StoreFolder folder = StoreFolder.open(path);
    try {
      return new StemStore(folder, new StoreShelf(folder, maxBytes, clock));
    } catch (IOException e) {
      folder.close();
      throw new JobException(FailureCode.OUTPUT_UNWRITABLE, path + ": " + e.getMessage(), e);
    }
  }

  /// Makes the stems of a key that is not in the store.
  @FunctionalInterface
  public interface Maker {
    /// Writes the stems' files into an empty folder. Other files in it are kept as well.
    ///
    /// @param folder on the store's file system; it is moved away afterwards
    /// @throws IOException if a file cannot be written
    Made make(Path folder) throws IOException;
  }

  /// What a maker made.
  ///
  /// @param stems files in the maker's folder, with the size and digest they have
  /// @param facts whatever a later hit should be able to tell, as JSON: texts, numbers, booleans,
  ///   lists and maps of these
  public record Made(Map<Stem, EncodedAudio> stems, Map<String, Object> facts) {
    public Made {
      stems = Map.copyOf(stems);
      facts = Map.copyOf(facts);
    }
  }

  /// The stems of a key, from the store or freshly made. While one thread makes them, others that
  /// ask for the same key wait and then hold the same entry; if making fails, the next of them
  /// tries.
  ///
  /// @param key a content hash: letters, digits, `-` and `_`, at most 128
  /// @return held until it is closed; the caller closes it
  /// @throws JobException what the maker threw; OUTPUT_UNWRITABLE or DISK_FULL if files cannot be
  ///   written
  public Held holdOrMake(String key, Maker maker) {
    if (!key.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new IllegalArgumentException("key: must be 1 to 128 letters, digits, - or _");
    }
    while (true) {
      switch (shelf.claim(key)) {
        case StoreShelf.Claim.Found(StoreEntry entry) -> {
          return new Held(shelf, entry, true);
        }
        case StoreShelf.Claim.Mine() -> {
          return make(key, maker);
        }
        case StoreShelf.Claim.Retry() -> {}
      }
    }
  }

  private Held make(String key, Maker maker) {
    boolean done = false;
    try {
      StoreEntry entry = folder.make(key, maker);
      shelf.put(entry);
      done = true;
      return new Held(shelf, entry, false);
    } catch (IOException e) {
      throw StoreFolder.unwritable(folder.path(), e);
    } finally {
      if (!done) {
        shelf.giveUp(key);
      }
    }
  }

  /// How it is used and how full it is.
  public Counts counts() {
    return shelf.counts();
  }

  /// Lets the folder go. What is held stays on disk.
  @Override
  public void close() {
    folder.close();
  }

  /// Uses of the store since it was opened, and what it holds now.
  public record Counts(long hits, long misses, long evicted, int entries, long bytes) {}

  /// An entry that somebody uses: its files stay until this is closed. Closed once; thread-safe.
  public static final class Held implements AutoCloseable {
    private final StoreShelf shelf;
    private final StoreEntry entry;
    private final boolean hit;
    private boolean closed;

    private Held(StoreShelf shelf, StoreEntry entry, boolean hit) {
      this.shelf = shelf;
      this.entry = entry;
      this.hit = hit;
    }

    /// Whether the stems were there already.
    public boolean hit() {
      return hit;
    }

    public Map<Stem, EncodedAudio> stems() {
      return entry.stems();
    }

    /// What the maker said about them.
    public Map<String, Object> facts() {
      return entry.facts();
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        shelf.letGo(entry.key());
      }
    }
  }
}
