package dev.stemfleet.worker.faults;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ClassType;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import dev.stemfleet.worker.fleet.TestFleet;
import dev.stemfleet.worker.fleet.WorkerUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A worker that stands still at a named step of a named job, so that it can be killed exactly
/// there. Its program is the real one and knows nothing of it: the debugger's interface of its JVM
/// holds it from outside. For one thread.
final class HeldWorker {
  private static final long PATIENCE_MILLIS = Duration.ofSeconds(60).toMillis();
  private static final long UNMAPPED_ADDRESS = 12_288;

  private final WorkerUnderTest worker;
  private final VirtualMachine vm;
  private JobName running = new JobName("", "");
  private JobName made = running;

  private record JobName(String title, String channel) {}

  private HeldWorker(WorkerUnderTest worker, VirtualMachine vm) {
    this.worker = worker;
    this.vm = vm;
  }

  /// Starts a worker that waits for its first {@link #runTo}.
  static HeldWorker start(TestFleet fleet, String id, String... more) {
    ListeningConnector connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(one -> one.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    try {
      Map<String, Connector.Argument> arguments = connector.defaultArguments();
      arguments.get("localAddress").setValue("127.0.0.1");
      arguments.get("port").setValue("0");
      String address = connector.startListening(arguments);
      String agent = "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
      WorkerUnderTest worker =
          fleet.startWorker(id, Map.of(), List.of(agent, "-XX:-CreateCoredumpOnCrash"), more);
      HeldWorker held = new HeldWorker(worker, connector.accept(arguments));
      connector.stopListening(arguments);
      Stream.of(Step.values()).map(Step::type).distinct().forEach(held::watch);
      return held;
    } catch (java.io.IOException | com.sun.jdi.connect.IllegalConnectorArgumentsException e) {
      throw new AssertionError(e);
    }
  }

  WorkerUnderTest worker() {
    return worker;
  }

  /// Lets it work until it comes to the step in a job of that track and channel; the whole process
  /// stands still then.
  ///
  /// @return the thread that works on the job
  ThreadReference runTo(Step step, String title, String channel) {
    vm.resume();
    while (true) {
      EventSet events = next();
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepared) {
          arm(prepared.referenceType());
        } else if (event instanceof BreakpointEvent met) {
          JobName here = met(met);
          if (isAt(met, step) && here.equals(new JobName(title, channel))) {
            return met.thread();
          }
        } else if (event instanceof VMDisconnectEvent) {
          throw new AssertionError("the worker ended:\n" + worker.log());
        }
      }
      events.resume();
    }
  }

  /// SIGKILL.
  void kill() {
    worker.kill();
  }

  /// Lets it go on alone.
  void letGo() {
    vm.dispose();
  }

  /// Makes a thread that stands still write where no memory is, in native code: the JVM crashes.
  void crash(ThreadReference thread) {
    ClassType unsafe = (ClassType) vm.classesByName("jdk.internal.misc.Unsafe").getFirst();
    ObjectReference instance = (ObjectReference) unsafe.getValue(unsafe.fieldByName("theUnsafe"));
    Method write = unsafe.methodsByName("putLong", "(JJ)V").getFirst();
    List<Value> arguments = List.of(vm.mirrorOf(UNMAPPED_ADDRESS), vm.mirrorOf(1L));
    try {
      instance.invokeMethod(thread, write, arguments, ObjectReference.INVOKE_SINGLE_THREADED);
      throw new AssertionError("the JVM did not crash");
    } catch (VMDisconnectedException e) {
      worker.awaitExit();
    } catch (com.sun.jdi.InvalidTypeException
        | com.sun.jdi.ClassNotLoadedException
        | com.sun.jdi.InvocationException
        | IncompatibleThreadStateException e) {
      throw new AssertionError(e);
    }
  }

  private EventSet next() {
    try {
      EventSet events = vm.eventQueue().remove(PATIENCE_MILLIS);
      if (events == null) {
        throw new AssertionError("the worker does not come there:\n" + worker.log());
      }
      return events;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (VMDisconnectedException e) {
      throw new AssertionError("the worker ended:\n" + worker.log(), e);
    }
  }

  private void watch(String type) {
    ClassPrepareRequest prepared = vm.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(type);
    prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
    prepared.enable();
  }

  private void arm(ReferenceType type) {
    Stream.of(Step.values())
        .filter(step -> step.type().equals(type.name()))
        .map(Step::method)
        .distinct()
        .forEach(method -> arm(type, method));
  }

  private void arm(ReferenceType type, String method) {
    List<Method> methods =
        type.methodsByName(method).stream().filter(one -> !one.isBridge()).toList();
    if (methods.isEmpty()) {
      throw new AssertionError("there is no " + type.name() + "." + method + " any more");
    }
    for (Method one : methods) {
      Location entry = one.location();
      BreakpointRequest stop = vm.eventRequestManager().createBreakpointRequest(entry);
      stop.setSuspendPolicy(EventRequest.SUSPEND_ALL);
      stop.enable();
    }
  }

  /// Whose job this is about: what runs, or what was made and is answered while the next one runs.
  private JobName met(BreakpointEvent met) {
    Method method = met.location().method();
    if (is(method, Step.HELD)) {
      ObjectReference job = firstArgument(met);
      running =
          new JobName(
              text(field(field(job, "track"), "title")), text(field(field(job, "channel"), "key")));
    } else if (is(method, Step.PLACED)) {
      made = running;
    }
    boolean answering = Stream.of(Step.values()).anyMatch(s -> s.isOfTheAnswer() && is(method, s));
    return answering ? made : running;
  }

  private static boolean isAt(BreakpointEvent met, Step step) {
    return is(met.location().method(), step)
        && (step.stage().isEmpty() || text(field(firstArgument(met), "name")).equals(step.stage()));
  }

  private static boolean is(Method method, Step step) {
    return method.declaringType().name().equals(step.type()) && method.name().equals(step.method());
  }

  private static ObjectReference firstArgument(BreakpointEvent met) {
    try {
      StackFrame frame = met.thread().frame(0);
      return (ObjectReference) frame.getArgumentValues().getFirst();
    } catch (IncompatibleThreadStateException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectReference field(ObjectReference object, String name) {
    return (ObjectReference) object.getValue(object.referenceType().fieldByName(name));
  }

  private static String text(ObjectReference text) {
    return ((StringReference) text).value();
  }
}
