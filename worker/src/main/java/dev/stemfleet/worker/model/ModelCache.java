package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.ModelFacts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The models that are resident on one device. Each is loaded once, however many ask for it at the
/// same time, and stays until its room is needed: a load that would pass the budget closes the
/// longest unused models first. One that somebody holds is never closed. Thread-safe.
public final class ModelCache implements AutoCloseable {
  private final Sessions sessions;
  private final MemoryBudget budget;
  private final InstantSource clock;
  private final Seats seats;
  private long hits;
  private long misses;
  private long evictions;
  private boolean closed;

  /// A cache whose models stay until the device has no room.
  ///
  /// @param cpuThreads for one network's arithmetic on the processor; 0 = one per core
  /// @param clock for the facts and the log only
  public ModelCache(Device device, int cpuThreads, InstantSource clock) {
    this(device, cpuThreads, MemoryBudget.NONE, clock);
  }

  /// @param budget that may be passed only by models that are held, and by one that is larger
  public ModelCache(Device device, int cpuThreads, MemoryBudget budget, InstantSource clock) {
    this.sessions = new Sessions(device, cpuThreads);
    this.budget = budget;
    this.clock = clock;
    this.seats = new Seats(budget);
  }

  /// The resident model, loaded and warmed first if it is not there. Waits while another thread
  /// loads the same one. The caller closes what it gets as soon as it has no use for the model.
  ///
  /// @throws JobException MODEL_BROKEN with one line naming file and field, DEVICE_FAILED, or
  ///   DEVICE_OUT_OF_MEMORY; a failure is not kept, the next call tries again
  public Held<ResidentModel> hold(CatalogModel model) {
    return hold(model, ResidentModel.class);
  }

  /// The resident speech model, as above.
  public Held<SpeechModel> hold(CatalogSpeech model) {
    return hold(model, SpeechModel.class);
  }

  /// The resident recogniser, as above.
  public Held<WhisperModel> hold(CatalogRecogniser model) {
    return hold(model, WhisperModel.class);
  }

  /// The resident model of whatever kind, as above.
  public Held<LoadedModel> holdAny(CatalogEntry model) {
    return hold(model, LoadedModel.class);
  }

  private <M extends LoadedModel> Held<M> hold(CatalogEntry model, Class<M> kind) {
    Seat mine = new Seat(ModelKey.of(model, sessions.device()), ModelBytes.of(model));
    Seat seat = take(mine);
    try {
      Resident resident = seat == mine ? load(model, mine) : await(seat);
      return new Held<>(resident, kind, () -> release(seat));
    } catch (RuntimeException | Error e) {
      release(seat);
      throw e;
    }
  }

  /// The model if it is resident; it is not loaded.
  public Optional<Held<ResidentModel>> holdResident(CatalogModel model) {
    return holdResident(model, ResidentModel.class);
  }

  /// The model if it is resident; it is not loaded.
  public Optional<Held<SpeechModel>> holdResident(CatalogSpeech model) {
    return holdResident(model, SpeechModel.class);
  }

  private <M extends LoadedModel> Optional<Held<M>> holdResident(
      CatalogEntry model, Class<M> kind) {
    Optional<Seat> there = takeLoaded(ModelKey.of(model, sessions.device()));
    return there.map(seat -> new Held<>(await(seat), kind, () -> release(seat)));
  }

  /// The model, held until the cache is closed: for programs that use one.
  public ResidentModel get(CatalogModel model) {
    return hold(model).model();
  }

  /// How often a model was there already, how often it had to be loaded, how often one was closed
  /// for another.
  public synchronized Counts counts() {
    return new Counts(hits, misses, evictions);
  }

  /// What all resident models take, as estimated.
  public synchronized long bytes() {
    return seats.bytes();
  }

  /// What is known of a resident model.
  ///
  /// @throws IllegalStateException if it is not resident
  public synchronized ModelFacts facts(LoadedModel model) {
    return seats.residents().stream()
        .filter(resident -> resident.model() == model)
        .map(Resident::facts)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the model is not resident"));
  }

  /// All resident models, the last used first.
  public synchronized List<ModelFacts> facts() {
    return seats.residents().stream().map(Resident::facts).toList();
  }

  /// Closes every model that nobody holds, because the device has no room.
  ///
  /// @return how many
  public int closeIdle() {
    return closed(seats::takeIdle).size();
  }

  /// Closes the sessions. No model may be running, and none can be had afterwards.
  @Override
  public void close() {
    List<Seat> all;
    synchronized (this) {
      closed = true;
      all = seats.takeAll();
    }
    for (Seat seat : all) {
      // Waits for a load that is under way: its session must not outlive the cache.
      seat.close();
    }
  }

  /// The seat of the model, held: the one that is there, else the given one.
  private synchronized Seat take(Seat mine) {
    if (closed) {
      throw new IllegalStateException("the model cache is closed");
    }
    Optional<Seat> known = seats.use(mine.key());
    if (known.isPresent()) {
      hits++;
    } else {
      misses++;
      seats.add(mine);
    }
    Seat seat = known.orElse(mine);
    seat.hold();
    return seat;
  }

  private synchronized Optional<Seat> takeLoaded(ModelKey key) {
    if (closed || !seats.isLoaded(key)) {
      return Optional.empty();
    }
    hits++;
    Optional<Seat> seat = seats.use(key);
    seat.ifPresent(Seat::hold);
    return seat;
  }

  private Resident load(CatalogEntry model, Seat seat) {
    try {
      closed(seats::takeOverBudget);
      long start = System.nanoTime();
      LoadedModel loaded = loadedIntoRoom(model, seat);
      double seconds = (System.nanoTime() - start) / 1e9;
      Resident resident = new Resident(seat.key(), loaded, seconds, clock.instant());
      CacheLog.miss(resident, seat.bytes(), bytes(), budget);
      seat.resident().complete(resident);
      return resident;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        seats.remove(seat);
      }
      CacheLog.failed(seat.key(), e);
      seat.resident().completeExceptionally(e);
      throw e;
    }
  }

  /// The estimate may be too low, and others may use the device: what the device says counts.
  private LoadedModel loadedIntoRoom(CatalogEntry model, Seat seat) {
    try {
      return ModelLoader.load(model, sessions);
    } catch (JobException e) {
      if (e.code() != FailureCode.DEVICE_OUT_OF_MEMORY) {
        throw e;
      }
      List<Seat> gone = closed(seats::takeIdle);
      if (gone.isEmpty()) {
        throw e;
      }
      CacheLog.noRoom(seat.key(), gone);
      return ModelLoader.load(model, sessions);
    }
  }

  private Resident await(Seat seat) {
    Resident resident = seat.await();
    CacheLog.hit(resident, clock.instant());
    return resident;
  }

  /// Closes models before it returns, so that their memory is free; without the lock, which others
  /// need meanwhile.
  private List<Seat> closed(Supplier<List<Seat>> taking) {
    List<Seat> gone;
    synchronized (this) {
      gone = taking.get();
      evictions += gone.size();
    }
    for (Seat seat : gone) {
      seat.resident().join().model().close();
      CacheLog.evicted(seat, clock.instant());
    }
    return gone;
  }

  private synchronized void release(Seat seat) {
    seat.release();
  }

  /// Uses of the cache since the start.
  ///
  /// @param misses = loads tried
  /// @param evictions models that were closed to make room
  public record Counts(long hits, long misses, long evictions) {
    /// Counts of a cache in which there was always room.
    public Counts(long hits, long misses) {
      this(hits, misses, 0);
    }
  }
}
