package dev.stemfleet.worker.queue;

import java.time.Duration;

/// What a queue promises where queues differ. The contract suite asks for it, and the page of
/// queues is written from it, so that neither can say anything else than the other.
///
/// @param held what a worker holds
/// @param late what a worker that joins late gets
/// @param leaving what happens to waiting jobs of a worker that is to leave
/// @param silent when the job of a worker that has fallen silent is handed out again
/// @param telling how a job's result and its answer belong together
/// @param count what the delivery count counts
record Terms(
    Held held, LateWorker late, Leaving leaving, Silent silent, Telling telling, Count count) {
  /// What a worker holds.
  enum Held {
    TRACK("all jobs of the track, any of them can be answered first"),
    JOB("one job; the next one comes when it is answered");

    final String words;

    Held(String words) {
      this.words = words;
    }
  }

  /// What a worker that joins late gets.
  enum LateWorker {
    NEXT_TRACK("the track that has waited longest, at once"),
    TRACK_OF_ITS_PARTITIONS("what waits in the partitions that it gets, after a rebalance");

    final String words;

    LateWorker(String words) {
      this.words = words;
    }
  }

  /// What happens to waiting jobs of a worker that is to leave, while its last job runs.
  enum Leaving {
    GIVES_BACK_THE_REST("others get them at once"),
    KEEPS_THE_REST("others get them when it has left");

    final String words;

    Leaving(String words) {
      this.words = words;
    }
  }

  /// When the job of a worker that has fallen silent is handed out again.
  enum Silent {
    ONE_LOCK("within one lock"),
    ONE_LOCK_AND_A_REBALANCE("within one lock and a rebalance");

    final String words;

    Silent(String words) {
      this.words = words;
    }

    /// The longest that it may take on a test's machine.
    Duration longest(Duration lock) {
      return switch (this) {
        case ONE_LOCK -> lock.plusSeconds(1);
        case ONE_LOCK_AND_A_REBALANCE -> lock.plusSeconds(2);
      };
    }
  }

  /// How a job's result and its answer belong together.
  enum Telling {
    RESULT_FIRST("published all the same; results are told apart by run and spec hash"),
    ONE_TRANSACTION("refused: nobody sees a second result");

    final String words;

    Telling(String words) {
      this.words = words;
    }
  }

  /// What the delivery count counts.
  enum Count {
    OF_ALL_WORKERS("deliveries of the job's batch to all workers"),
    OF_THIS_WORKER("deliveries by this worker since it has the partition");

    final String words;

    Count(String words) {
      this.words = words;
    }
  }
}
