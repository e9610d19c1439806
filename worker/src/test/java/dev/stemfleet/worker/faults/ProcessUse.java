package dev.stemfleet.worker.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a Java process on Linux holds at a moment.
///
/// @param heapBytes live objects: what is left after a full collection
/// @param residentBytes all memory of the process, the heap's included
/// @param openFiles descriptors, sockets included
record ProcessUse(long heapBytes, long residentBytes, int openFiles, int threads) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");
  private static final Pattern KILOBYTES = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)");

  /// Collects the garbage of the process, then looks.
  static ProcessUse of(long pid) throws IOException, InterruptedException {
    var _ = jcmd(pid, "GC.run");
    long used =
        jcmd(pid, "GC.heap_info")
            .lines()
            .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
            .map(USED::matcher)
            .filter(Matcher::find)
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    Path process = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(process.resolve("status"));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new ProcessUse(
          used * 1024,
          number(KILOBYTES, status) * 1024,
          (int) files.count(),
          (int) number(THREADS, status));
    }
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
    return said;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Long.parseLong(matcher.group(1));
  }
}
