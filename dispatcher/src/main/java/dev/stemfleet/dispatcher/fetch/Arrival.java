package dev.stemfleet.dispatcher.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// An answer's bytes on their way into a sink. The client's threads bring them; any thread may ask
/// how it stands or [#stop] it, after which nothing more reaches the sink.
final class Arrival implements HttpResponse.BodySubscriber<Boolean> {
  private final @Nullable Sink sink;
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean stopped;
  private long lastNanos = System.nanoTime();

  /// Takes bytes; the caller keeps the buffer.
  interface Sink {
    /// @throws FetchException if they are too many
    void take(ByteBuffer bytes) throws IOException;
  }

  private Arrival(@Nullable Sink sink) {
    this.sink = sink;
  }

  static Arrival into(Sink sink) {
    return new Arrival(sink);
  }

  /// An answer whose bytes are not wanted: the connection is given up.
  static Arrival unwanted() {
    return new Arrival(null);
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return end;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (sink == null || stopped) {
      newSubscription.cancel();
      end.complete(false);
    } else {
      newSubscription.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (stopped || sink == null || subscription == null) {
      return;
    }
    lastNanos = System.nanoTime();
    try {
      for (ByteBuffer buffer : buffers) {
        sink.take(buffer);
      }
      subscription.request(1);
    } catch (IOException e) {
      // Not the network's fault, which would be tried again.
      fail(subscription, new UncheckedIOException(e));
    } catch (RuntimeException e) {
      fail(subscription, e);
    }
  }

  private void fail(Flow.Subscription given, RuntimeException why) {
    stopped = true;
    given.cancel();
    end.completeExceptionally(why);
  }

  @Override
  public synchronized void onError(Throwable why) {
    stopped = true;
    end.completeExceptionally(why);
  }

  @Override
  public void onComplete() {
    end.complete(true);
  }

  /// Since the last bytes came.
  synchronized Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastNanos);
  }

  synchronized void stop() {
    stopped = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
