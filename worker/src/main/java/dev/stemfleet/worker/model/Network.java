package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.worker.model.ResidentExchange.Feed;
import dev.stemfleet.worker.model.ResidentExchange.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file of a resident model, opened. Used by the device thread; owned and closed by its
/// [ResidentModel].
final class Network implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Network.class);

  private final String file;
  private final int number;
  private final OpenSession session;
  private final Binding binding;

  /// Indices of axis 0 in all, and as many as go into the device's memory at once.
  private final long rows;

  private volatile long rowsAtOnce;

  private Network(String file, int number, OpenSession session, Binding binding) {
    this.file = file;
    this.number = number;
    this.session = session;
    this.binding = binding;
    this.rows = binding.inputs().getFirst().shape().dims().getFirst();
    this.rowsAtOnce = rows;
  }

  /// Opens a network and binds its tensors; the caller closes it.
  ///
  /// @param number its place among the definition's files
  /// @throws JobException MODEL_BROKEN or DEVICE_FAILED; nothing is left open then
  static Network open(CatalogModel model, int number, Sessions sessions) {
    ModelSpec spec = model.spec();
    String file = model.place().name(spec.files().get(number).path());
    ModelFiles.requireNamed(model, spec.files().get(number));
    OpenSession session = sessions.open(model, spec.files().get(number));
    try {
      GraphFacts graph = GraphInspection.of(session.session());
      return new Network(file, number, session, Binding.of(graph, spec, number, file));
    } catch (OrtException e) {
      session.close();
      throw new JobException(
          FailureCode.MODEL_BROKEN, file + ": cannot be set up: " + Sessions.oneLine(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  Binding binding() {
    return binding;
  }

  /// How its file is named in errors.
  String file() {
    return file;
  }

  /// What of the definition's batch goes into the device's memory at once.
  long rowsAtOnce() {
    return rowsAtOnce;
  }

  /// Runs on the first `segments` of the exchange, or on more where the network cannot do with
  /// fewer. Out of memory, it tries with smaller parts from then on.
  ///
  /// @throws OrtException of the smallest part
  void run(ResidentExchange exchange, int segments) throws OrtException {
    while (true) {
      try {
        runInParts(exchange, segments);
        return;
      } catch (OrtException e) {
        if (!Sessions.isOutOfMemory(e) || !binding.freeBatch() || rowsAtOnce == 1) {
          throw e;
        }
        long fewer = smaller(rowsAtOnce);
        LOG.atWarn()
            .addKeyValue("model", file)
            .addKeyValue("batch", fewer)
            .log("the device's memory is too small for a batch of {}: {}", rowsAtOnce, reason(e));
        rowsAtOnce = fewer;
      }
    }
  }

  /// To be called once, after the first run with its true shape.
  ///
  /// @throws JobException DEVICE_FAILED if too little of the network runs on its device
  void warmed(ResidentExchange exchange, int segments) throws OrtException {
    session.warmed(() -> run(exchange, segments));
  }

  private void runInParts(ResidentExchange exchange, int segments) throws OrtException {
    long wanted = rowsAtOnce == rows ? rows : segments;
    for (long from = 0; from < wanted; from += rowsAtOnce) {
      Feed feed = exchange.feed(new Slice(number, from, rowsAtOnce));
      // The answer is in our own memory; the result owns nothing.
      session.session().run(feed.inputs(), feed.outputs()).close();
    }
  }

  /// The largest proper divisor: all parts have one shape, which the device prepares for once.
  private static long smaller(long batch) {
    long divisor = 2;
    while (batch % divisor != 0) {
      divisor++;
    }
    return batch / divisor;
  }

  private static String reason(OrtException e) {
    return Sessions.oneLine(e);
  }

  @Override
  public void close() {
    session.close();
  }
}
