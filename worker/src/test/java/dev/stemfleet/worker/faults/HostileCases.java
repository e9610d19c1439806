package dev.stemfleet.worker.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The process that lets hostile files in, one after the other, and says before each which it is:
/// when it dies, its parent knows of what.
///
/// Arguments: folder of good files, folder to work in, seed, how many times the usual number of
/// cases, then `GATE:from` for each gate. Says `begin GATE n`, `accepted`, `refused CODE` or `bad
/// WORDS`, and at each gate's end `memory GATE n` with the most memory of the whole process in MiB.
final class HostileCases {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int TOO_LONG = 71;

  private final Path good;
  private final Path work;
  private final long seed;
  private final int times;
  private final PrintStream out;
  private volatile long begunNanos = System.nanoTime();

  private HostileCases(Path good, Path work, long seed, int times, PrintStream out) {
    this.good = good;
    this.work = work;
    this.seed = seed;
    this.times = times;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    HostileCases cases =
        new HostileCases(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            Long.parseLong(arguments[2]),
            Integer.parseInt(arguments[3]),
            out);
    Thread.ofPlatform().daemon().start(cases::watch);
    for (int i = 4; i < arguments.length; i++) {
      String[] gate = arguments[i].split(":", 2);
      cases.all(Gate.valueOf(gate[0]), Integer.parseInt(gate[1]));
    }
    out.println("end");
    Runtime.getRuntime().halt(0);
  }

  private void all(Gate gate, int from) throws IOException {
    List<byte[]> files = files(good, gate);
    for (int number = from; number < gate.cases() * times; number++) {
      byte[] hostile = gate.hostile(files, seed, number);
      begunNanos = System.nanoTime();
      out.println("begin " + gate + " " + number);
      out.println(one(gate, hostile, work));
    }
    out.println("memory " + gate + " " + mostMemoryMiB());
  }

  /// What becomes of one file, in a line.
  static String one(Gate gate, byte[] bytes, Path work) {
    try {
      gate.pass(bytes, work);
      return "accepted";
    } catch (AssertionError e) {
      return bad(e);
    } catch (Throwable e) {
      try {
        return Gate.verdict(e);
      } catch (AssertionError unclear) {
        return bad(unclear);
      }
    }
  }

  private static String bad(AssertionError e) {
    StringBuilder words = new StringBuilder("bad " + e.getMessage());
    Throwable cause = e.getCause() == null ? e : e.getCause();
    Stream.of(cause.getStackTrace()).limit(12).forEach(frame -> words.append(" < ").append(frame));
    return words.toString().replaceAll("\\p{Cntrl}", " ");
  }

  /// The good files of a gate.
  static List<byte[]> files(Path good, Gate gate) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> names = Files.list(good)) {
      for (Path file : names.filter(n -> n.toString().endsWith(gate.seeds())).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  /// A case that hangs ends the process like one that crashes it.
  private void watch() {
    try {
      while (System.nanoTime() - begunNanos < LONGEST.toNanos()) {
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      return;
    }
    out.println("slow");
    Runtime.getRuntime().halt(TOO_LONG);
  }

  private static long mostMemoryMiB() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
