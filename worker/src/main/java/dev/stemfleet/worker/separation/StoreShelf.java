package dev.stemfleet.worker.separation;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who uses which entry of the store, which are being made, and which go when room is needed.
/// Thread-safe: one lock, under which files are looked at and deleted but never made.
final class StoreShelf {
  private static final Logger LOG = LoggerFactory.getLogger(StoreShelf.class);

  private final StoreFolder folder;
  private final long maxBytes;
  private final InstantSource clock;
  private final Map<String, Slot> slots = new HashMap<>();
  private final Set<String> making = new HashSet<>();
  private long bytes;
  private long hits;
  private long misses;
  private long evicted;

  /// What somebody who asks for a key is told.
  sealed interface Claim {
    /// It is there, and held for the caller.
    record Found(StoreEntry entry) implements Claim {}

    /// It is not there: the caller makes it, then calls [#put] or [#giveUp].
    record Mine() implements Claim {}

    /// Somebody else made it, or failed to: ask again.
    record Retry() implements Claim {}
  }

  /// One key. Small, because a store of short tracks has many.
  private static final class Slot {
    private final long bytes;
    private Instant usedAt;
    private int holders;

    /// Whether its files were once seen to be whole.
    private boolean whole;

    /// While somebody holds it.
    private @Nullable StoreEntry entry;

    private Slot(long bytes, Instant usedAt) {
      this.bytes = bytes;
      this.usedAt = usedAt;
    }
  }

  StoreShelf(StoreFolder folder, long maxBytes, InstantSource clock) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.clock = clock;
    for (String key : folder.keys()) {
      try {
        add(key, new Slot(folder.read(key, false).bytes(), folder.usedAt(key)));
      } catch (IOException e) {
        discard(key, e);
      }
    }
    makeRoom();
  }

  synchronized Claim claim(String key) {
    if (making.contains(key)) {
      awaitMaker(key);
      return new Claim.Retry();
    }
    Slot slot = slots.get(key);
    StoreEntry entry = slot == null ? null : read(key, slot);
    if (slot == null || entry == null) {
      misses++;
      making.add(key);
      return new Claim.Mine();
    }
    hits++;
    hold(entry, slot);
    return new Claim.Found(entry);
  }

  /// A made entry takes its place and is held for its maker.
  synchronized void put(StoreEntry entry) {
    Slot slot = new Slot(entry.bytes(), clock.instant());
    // It was written by this process just now.
    slot.whole = true;
    add(entry.key(), slot);
    hold(entry, slot);
    giveUp(entry.key());
    makeRoom();
  }

  synchronized void giveUp(String key) {
    making.remove(key);
    notifyAll();
  }

  synchronized void letGo(String key) {
    Slot slot = slots.get(key);
    if (slot == null || slot.holders == 0) {
      throw new IllegalStateException(key + " is not held");
    }
    slot.holders--;
    if (slot.holders == 0) {
      slot.entry = null;
    }
    makeRoom();
  }

  synchronized StemStore.Counts counts() {
    return new StemStore.Counts(hits, misses, evicted, slots.size(), bytes);
  }

  private void awaitMaker(String key) {
    boolean interrupted = false;
    while (making.contains(key)) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Whoever makes it ends soon or ends the process; the caller sees the mark afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable StoreEntry read(String key, Slot slot) {
    if (slot.entry != null) {
      // Never thrown away under its holders.
      return slot.entry;
    }
    try {
      StoreEntry entry = folder.read(key, !slot.whole);
      slot.whole = true;
      return entry;
    } catch (IOException e) {
      remove(key);
      discard(key, e);
      return null;
    }
  }

  private void hold(StoreEntry entry, Slot slot) {
    slot.entry = entry;
    slot.holders++;
    slot.usedAt = clock.instant();
    try {
      folder.markUsed(entry.key(), slot.usedAt);
    } catch (IOException e) {
      // Only the order after a restart depends on it.
      LOG.atWarn().addKeyValue("key", entry.key()).setCause(e).log("stem store: use not noted");
    }
  }

  private void makeRoom() {
    while (bytes > maxBytes) {
      Optional<String> oldest =
          slots.entrySet().stream()
              .filter(slot -> slot.getValue().holders == 0)
              .min(Comparator.comparing(slot -> slot.getValue().usedAt))
              .map(Map.Entry::getKey);
      if (oldest.isEmpty()) {
        return;
      }
      remove(oldest.get());
      evicted++;
      delete(oldest.get());
    }
  }

  private void add(String key, Slot slot) {
    remove(key);
    slots.put(key, slot);
    bytes += slot.bytes;
  }

  private void remove(String key) {
    Slot slot = slots.remove(key);
    if (slot != null) {
      bytes -= slot.bytes;
    }
  }

  private void discard(String key, IOException why) {
    LOG.atWarn()
        .addKeyValue("key", key)
        .addKeyValue("reason", why.getMessage())
        .log("stem store: entry cannot be used and is made again");
    delete(key);
  }

  private void delete(String key) {
    try {
      folder.delete(key);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("key", key).setCause(e).log("stem store: entry not deleted");
    }
  }
}
