package dev.stemfleet.dispatcher.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of a [LocalBroker]'s child process.
final class BrokerCommand {
  private BrokerCommand() {}

  /// @param jvm options of its JVM beside ours
  static List<String> of(Path folder, Path properties, List<String> jvm) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            // It lives for minutes and does little: the second compiler would only take CPU from
            // workers.
            "-XX:TieredStopAtLevel=1",
            // The first one has no code for the processor's CRC-32C, the interpreter has.
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=exclude,java/util/zip/CRC32C.updateBytes",
            "-Dlogback.configurationFile=dev/stemfleet/dispatcher/local/broker-logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            properties.toString(),
            folder.resolve("broker.lock").toString(),
            folder.resolve("data").toString()));
    return command;
  }
}
