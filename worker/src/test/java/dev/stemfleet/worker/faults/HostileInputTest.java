package dev.stemfleet.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of hostile files and messages through the gates of dispatcher and worker, in processes
/// of their own, so that one that kills its process is known by its number.
///
/// `-Dstemfleet.seed=N` makes other ones, `-Dstemfleet.hostile.times=N` more of them;
/// `-Dstemfleet.hostile=GATE:n,…` writes some to `target/faults`.
@Tag("faults")
final class HostileInputTest {
  private static final Path REPORTS =
      Path.of(System.getProperty("stemfleet.home"), "worker", "target", "faults");
  private static final long MOST_MEMORY_MIB = 1200;
  private static final int MOST_DEATHS = 20;

  @TempDir private Path folder;
  private final long seed = Long.getLong("stemfleet.seed", 5);
  private final List<String> bad = new ArrayList<>();
  private final List<String> deaths = new ArrayList<>();
  private final Map<Gate, Map<String, Integer>> verdicts = new EnumMap<>(Gate.class);
  private long mostMemoryMiB;
  private final String only = System.getProperty("stemfleet.hostile");

  @Test
  void everyHostileFileEndsAsAClearRefusalOrIsUsed() throws Exception {
    System.out.println("seed " + seed);
    Path good = GoodFiles.make(folder.resolve("good"));
    if (only != null) {
      writeSome(good);
      return;
    }
    List<Thread> lanes = new ArrayList<>();
    List<Gate> all = List.of(Gate.values());
    long start = System.nanoTime();
    for (int lane = 0; lane < 2; lane++) {
      int own = lane;
      List<Gate> gates =
          IntStream.range(0, all.size()).filter(i -> i % 2 == own).mapToObj(all::get).toList();
      Path work = GoodFiles.workplace(folder.resolve("work" + lane));
      lanes.add(Thread.ofPlatform().start(() -> pass(gates, good, work)));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    report((System.nanoTime() - start) / 1e9);

    assertThat(deaths).as("deaths").isEmpty();
    assertThat(bad).as("unclear ends").isEmpty();
    assertThat(count("")).isGreaterThanOrEqualTo(2000);
    assertThat(count("refused")).isGreaterThan(1000);
    assertThat(count("accepted")).isGreaterThan(100);
    assertThat(mostMemoryMiB).isLessThan(MOST_MEMORY_MIB);
  }

  /// Writes hostile files and says what becomes of them.
  private void writeSome(Path good) throws IOException {
    Path work = GoodFiles.workplace(folder.resolve("work"));
    Files.createDirectories(REPORTS);
    for (String one : only.split(",", -1)) {
      Gate gate = Gate.valueOf(one.replaceFirst(":.*", ""));
      int number = Integer.parseInt(one.replaceFirst(".*:", ""));
      byte[] hostile = gate.hostile(HostileCases.files(good, gate), seed, number);
      Files.write(REPORTS.resolve(gate + "-" + number), hostile);
      System.out.println(one + " " + HostileCases.one(gate, hostile, work));
    }
  }

  private void pass(List<Gate> gates, Path good, Path work) {
    try {
      Map<Gate, Integer> next = new LinkedHashMap<>();
      gates.forEach(gate -> next.put(gate, 0));
      while (!next.isEmpty()) {
        passOn(next, good, work);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Goes on behind the case at which an earlier process died.
  private void passOn(Map<Gate, Integer> next, Path good, Path work)
      throws IOException, InterruptedException {
    Process process = start(next, good, work);
    String now = "";
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
          case "begin" -> {
            now = words[1] + ":" + words[2];
            next.put(Gate.valueOf(words[1]), Integer.parseInt(words[2]) + 1);
          }
          case "accepted", "refused", "bad" -> note(now, line);
          case "memory" -> {
            next.remove(Gate.valueOf(words[1]));
            remember(Long.parseLong(words[2]));
          }
          default -> {}
        }
      }
    }
    if (process.waitFor() != 0) {
      died(now + " ended its process with " + process.exitValue());
    }
  }

  private static Process start(Map<Gate, Integer> next, Path good, Path work) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:ErrorFile=" + work.resolve("hs_err.log"),
            "-cp",
            System.getProperty("java.class.path"),
            HostileCases.class.getName(),
            good.toString(),
            work.toString(),
            Long.toString(Long.getLong("stemfleet.seed", 5)),
            Integer.toString(Integer.getInteger("stemfleet.hostile.times", 1))));
    next.forEach((gate, from) -> command.add(gate + ":" + from));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private synchronized void note(String now, String line) {
    Gate gate = Gate.valueOf(now.substring(0, now.indexOf(':')));
    verdicts
        .computeIfAbsent(gate, _ -> new TreeMap<>())
        .merge(line.startsWith("bad") ? "bad" : line, 1, Integer::sum);
    if (line.startsWith("bad")) {
      bad.add(now + " " + line);
    }
  }

  private synchronized void died(String how) {
    deaths.add(how);
    if (deaths.size() > MOST_DEATHS) {
      throw new AssertionError(deaths);
    }
  }

  private synchronized void remember(long memoryMiB) {
    mostMemoryMiB = Math.max(mostMemoryMiB, memoryMiB);
  }

  private int count(String verdict) {
    return verdicts.values().stream()
        .flatMap(counts -> counts.entrySet().stream())
        .filter(entry -> entry.getKey().startsWith(verdict))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private void report(double seconds) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("seed", seed);
    figures.put("seconds", Math.round(seconds * 10) / 10.0);
    figures.put("cases", count(""));
    figures.put("accepted", count("accepted"));
    figures.put("refused", count("refused"));
    figures.put("unclear", bad);
    figures.put("deaths", deaths);
    figures.put("mostMemoryMiB", mostMemoryMiB);
    figures.put("gates", verdicts);
    Files.createDirectories(REPORTS);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(REPORTS.resolve("hostile.json").toFile(), figures);
    System.out.printf(
        "hostile input: %d cases at %d gates, %d accepted, %d refused, %d unclear, %d deaths,"
            + " at most %d MiB, %.1f s%n",
        count(""),
        verdicts.size(),
        count("accepted"),
        count("refused"),
        bad.size(),
        deaths.size(),
        mostMemoryMiB,
        seconds);
    Stream.concat(deaths.stream(), bad.stream()).forEach(System.out::println);
  }
}
