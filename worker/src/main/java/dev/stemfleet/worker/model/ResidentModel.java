package dev.stemfleet.worker.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.domain.ModelSpec;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A network that is loaded, warmed and ready.
///
/// Its two buffers live as long as it does and are handed to ONNX Runtime in place: fill [#input],
/// call [#run], read [#output]. Used by one thread at a time, the device thread; a second caller of
/// [#run] gets an exception. Owned and closed by [ModelCache].
public final class ResidentModel {
  /// The only type of sound and weights so far.
  public static final String DTYPE = "float32";

  private final ModelSpec spec;
  private final OpenSession session;
  private final OnnxTensor inputTensor;
  private final OnnxTensor outputTensor;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicLong jobsServed = new AtomicLong();

  private ResidentModel(ModelSpec spec, OpenSession session, TensorShapes shapes)
      throws OrtException {
    this.spec = spec;
    this.session = session;
    this.input = direct(shapes.inputShape());
    this.output = direct(shapes.outputShape());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    this.inputTensor = OnnxTensor.createTensor(environment, input, array(shapes.inputShape()));
    this.outputTensor = OnnxTensor.createTensor(environment, output, array(shapes.outputShape()));
    this.inputs = Map.of(shapes.input(), inputTensor);
    this.outputs = Map.of(shapes.output(), outputTensor);
  }

  /// Opens a session while its file is checked, binds its tensors and runs it once with its true
  /// shape.
  ///
  /// @throws JobException MODEL_BROKEN or DEVICE_FAILED; nothing is left open then
  static ResidentModel load(CatalogModel model, Sessions sessions) {
    ModelSpec spec = model.spec();
    ModelFile file = spec.files().getFirst();
    String name = model.place().name(file.path());
    if (spec.files().size() != 1) {
      throw ModelFiles.broken(
          model.definedIn(), "files: a waveform model has 1, this has " + spec.files().size());
    }
    OpenSession session = openVerified(model, file, sessions);
    try {
      TensorShapes shapes = TensorShapes.bind(session.session(), spec, name);
      ResidentModel resident = new ResidentModel(spec, session, shapes);
      resident.run();
      session.warmed(resident::run);
      return resident;
    } catch (OrtException e) {
      session.close();
      throw new JobException(
          FailureCode.MODEL_BROKEN, name + ": cannot be set up: " + Sessions.oneLine(e), e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /// Reading a large file twice, for its sum and for its session, happens at the same time. What is
  /// said about wrong bytes is what is wrong with them, not what became of them.
  private static OpenSession openVerified(CatalogModel model, ModelFile file, Sessions sessions) {
    var verifying = new FutureTask<@Nullable Void>(() -> ModelFiles.verify(model, file), null);
    Thread.ofPlatform().name("stemfleet-verify-model").daemon().start(verifying);
    OpenSession session;
    try {
      session = sessions.open(model, file);
    } catch (RuntimeException e) {
      awaitVerified(verifying);
      throw e;
    }
    try {
      awaitVerified(verifying);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static void awaitVerified(FutureTask<@Nullable Void> verifying) {
    try {
      verifying.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JobException wrong ? wrong : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a model was checked", e);
    }
  }

  public ModelSpec spec() {
    return spec;
  }

  /// The mix, channel after channel: index `channel * samples + sample`. Direct, native order; its
  /// position and limit must not be changed.
  public FloatBuffer input() {
    return input;
  }

  /// The stems in the order of [ModelSpec#stems]: index `(stem * channels + channel) * samples +
  /// sample`. Overwritten by every run; its position and limit must not be changed.
  public FloatBuffer output() {
    return output;
  }

  /// Runs the network once, from [#input] to [#output].
  ///
  /// @throws IllegalStateException if another thread is running it
  /// @throws JobException DEVICE_FAILED or DEVICE_OUT_OF_MEMORY
  public void run() {
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException("model " + spec.id() + " is run by two threads at once");
    }
    try {
      // The answer is in our own buffer; the result owns nothing.
      session.session().run(inputs, outputs).close();
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      running.set(false);
    }
  }

  /// Counts one more job that used this model.
  public void serveJob() {
    jobsServed.incrementAndGet();
  }

  long jobsServed() {
    return jobsServed.get();
  }

  void close() {
    inputTensor.close();
    outputTensor.close();
    session.close();
  }

  private JobException failed(OrtException e) {
    String reason = Sessions.oneLine(e);
    boolean memory = reason.contains("Failed to allocate") || reason.contains("out of memory");
    return new JobException(
        memory ? FailureCode.DEVICE_OUT_OF_MEMORY : FailureCode.DEVICE_FAILED,
        "model %s: %s".formatted(spec.id(), reason),
        e);
  }

  /// ONNX Runtime uses a direct buffer of native order in place and copies every other one.
  private static FloatBuffer direct(List<Long> shape) {
    long floats = 1;
    for (long size : shape) {
      floats = Math.multiplyExact(floats, size);
    }
    int bytes = Math.toIntExact(Math.multiplyExact(floats, (long) Float.BYTES));
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static long[] array(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
