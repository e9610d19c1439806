package dev.stemfleet.worker;

import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Wire;
import dev.stemfleet.worker.queue.Answer;
import dev.stemfleet.worker.queue.Delivery;
import dev.stemfleet.worker.queue.JobQueue;
import dev.stemfleet.worker.queue.Letter;
import dev.stemfleet.worker.queue.Outbox;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// A queue in memory that remembers how each job was answered. What is released is not handed out
/// again. When it is empty, it does once what the test wants then.
final class FakeQueue implements JobQueue {
  private final Queue<Job> waiting = new ArrayDeque<>();
  private final List<String> answers = new ArrayList<>();
  private final Outbox outbox;
  private Runnable whenEmpty = () -> {};
  private boolean stopped;

  /// @param outbox publishes what is told with an answer
  FakeQueue(Outbox outbox) {
    this.outbox = outbox;
  }

  void add(Job job) {
    waiting.add(job);
  }

  void whenEmpty(Runnable then) {
    whenEmpty = then;
  }

  /// `<answer> <channel>` for each job, in order.
  List<String> answers() {
    return answers;
  }

  /// For the next worker.
  void reopen() {
    stopped = false;
  }

  boolean isStopped() {
    return stopped;
  }

  @Override
  public Optional<Delivery> take(Duration wait) {
    if (stopped) {
      return Optional.empty();
    }
    Job next = waiting.poll();
    if (next == null) {
      whenEmpty.run();
      return Optional.empty();
    }
    return Optional.of(new Handed(next));
  }

  @Override
  public void stopTaking() {
    stopped = true;
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public void close() {}

  private final class Handed implements Delivery {
    private final Job job;

    Handed(Job job) {
      this.job = job;
    }

    @Override
    public String key() {
      return job.track().id();
    }

    @Override
    public byte[] value() {
      return Wire.write(job);
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public int partition() {
      return 0;
    }

    @Override
    public int deliveryCount() {
      return 9;
    }

    @Override
    public int deliveryLimit() {
      return 10;
    }

    @Override
    public boolean leased() {
      return true;
    }

    @Override
    public void renew() {}

    @Override
    public Answer accept(List<Letter> told) {
      told.forEach(outbox::publish);
      return answered("accepted");
    }

    @Override
    public Answer acceptSoon(List<Letter> told) {
      return accept(told);
    }

    @Override
    public Answer release() {
      return answered("released");
    }

    @Override
    public Answer reject(List<Letter> told) {
      told.forEach(outbox::publish);
      return answered("rejected");
    }

    @Override
    public Answer republish() {
      return answered("republished");
    }

    private Answer answered(String how) {
      answers.add(how + " " + job.channel().key());
      return Answer.TAKEN;
    }
  }
}
