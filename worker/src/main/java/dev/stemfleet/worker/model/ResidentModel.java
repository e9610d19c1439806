package dev.stemfleet.worker.model;

import ai.onnxruntime.OrtException;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.Exchange;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.domain.TensorShape;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.worker.model.Binding.Bound;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// A model whose networks are loaded, warmed and ready.
///
/// Its [#exchanges] live as long as it does; their memory lies outside the heap and is handed to
/// ONNX Runtime in place: fill an exchange's inputs, call [#run] with it, read its outputs. Only
/// [#run] is bound to one thread, the device thread; a second caller gets an exception. Owned and
/// closed by [ModelCache].
public final class ResidentModel extends LoadedModel {
  /// One is filled, one is run, one is read.
  private static final int EXCHANGES = 3;

  private final ModelSpec spec;
  private final List<Network> networks;
  private final Arena memory = Arena.ofShared();
  private final List<ResidentExchange> exchanges;
  private final AtomicBoolean running = new AtomicBoolean();

  private ResidentModel(ModelSpec spec, List<Network> networks) {
    this.spec = spec;
    this.networks = List.copyOf(networks);
    List<Binding> bindings = networks.stream().map(Network::binding).toList();
    this.exchanges =
        Stream.generate(() -> new ResidentExchange(memory, spec, bindings))
            .limit(EXCHANGES)
            .toList();
  }

  /// Opens sessions while their files are checked, binds their tensors and runs them once with
  /// their true shape.
  ///
  /// @throws JobException MODEL_BROKEN, DEVICE_FAILED or DEVICE_OUT_OF_MEMORY; nothing is left open
  ///   then
  static ResidentModel load(CatalogModel model, Sessions sessions) {
    List<Network> networks = open(model, sessions);
    try {
      requireAddressable(model, networks);
      ResidentModel resident = new ResidentModel(model.spec(), networks);
      try {
        resident.warm();
        return resident;
      } catch (RuntimeException e) {
        resident.closeMemory();
        throw e;
      }
    } catch (RuntimeException e) {
      networks.forEach(Network::close);
      throw e;
    }
  }

  /// What is said about wrong bytes is what is wrong with them, not what became of them.
  private static List<Network> open(CatalogModel model, Sessions sessions) {
    Verification files = Verification.start(model);
    List<Network> networks = new ArrayList<>();
    try {
      for (int number = 0; number < model.spec().files().size(); number++) {
        networks.add(Network.open(model, number, sessions));
      }
      files.await();
      return networks;
    } catch (RuntimeException e) {
      networks.forEach(Network::close);
      files.await();
      throw e;
    }
  }

  private static void requireAddressable(CatalogModel model, List<Network> networks) {
    for (Network network : networks) {
      Stream.concat(network.binding().inputs().stream(), network.binding().outputs().stream())
          .map(Bound::shape)
          .filter(shape -> !isAddressable(model.spec(), shape))
          .findFirst()
          .ifPresent(
              shape -> {
                throw ModelFiles.broken(
                    model.definedIn(),
                    "segments.batch: %s values of a tensor are more than 2 GB".formatted(shape));
              });
    }
  }

  private static boolean isAddressable(ModelSpec spec, TensorShape shape) {
    try {
      return HostTensor.bytes(shape, spec.dtype()) <= Integer.MAX_VALUE;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  public ModelSpec spec() {
    return spec;
  }

  /// Three; each is used for one run at a time. Exchanges of a model are gone when it is closed.
  public List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /// Runs networks, by their places in [ModelSpec#files], from the exchange's inputs to its
  /// outputs.
  ///
  /// @param segments that were filled in, from index 0 of axis 0; what the others give is undefined
  /// @throws IllegalStateException if another thread is running the model
  /// @throws JobException DEVICE_FAILED or DEVICE_OUT_OF_MEMORY
  public void run(Exchange exchange, Set<Integer> wanted, int segments) {
    if (!(exchange instanceof ResidentExchange own) || !exchanges.contains(own)) {
      throw new IllegalArgumentException("an exchange of another model");
    }
    if (segments < 1 || segments > spec.segments().batch()) {
      throw new IllegalArgumentException("segments: must be 1 to the batch, is " + segments);
    }
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("model " + spec.id() + " is run by two threads at once");
    }
    try {
      for (int network : wanted) {
        networks.get(network).run(own, segments);
      }
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      running.set(false);
    }
  }

  /// Segments that the device takes at once: the definition's batch, or fewer once its memory did
  /// not suffice.
  public int batch() {
    return (int)
        networks.stream()
            .mapToLong(Network::rowsAtOnce)
            .map(rows -> Math.min(rows, spec.segments().batch()))
            .min()
            .orElseThrow();
  }

  /// Type of its networks' tensors, for example `float32`.
  public String dtype() {
    return spec.dtype().name().toLowerCase(Locale.ROOT);
  }

  @Override
  void close() {
    closeMemory();
    networks.forEach(Network::close);
  }

  private void closeMemory() {
    exchanges.forEach(ResidentExchange::close);
    memory.close();
  }

  private void warm() {
    ResidentExchange exchange = exchanges.getFirst();
    for (Network network : networks) {
      try {
        network.run(exchange, spec.segments().batch());
        network.warmed(exchange, spec.segments().batch());
      } catch (OrtException e) {
        throw Sessions.isWrongShape(e)
            ? new JobException(
                FailureCode.MODEL_BROKEN, network.file() + ": cannot be run: " + reason(e), e)
            : failed(e);
      }
    }
  }

  private JobException failed(OrtException e) {
    return new JobException(
        Sessions.isOutOfMemory(e) ? FailureCode.DEVICE_OUT_OF_MEMORY : FailureCode.DEVICE_FAILED,
        "model %s: %s".formatted(spec.id(), reason(e)),
        e);
  }

  private static String reason(OrtException e) {
    return Sessions.oneLine(e);
  }
}
