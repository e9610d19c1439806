package dev.stemfleet.worker.docs;

import dev.stemfleet.common.config.FleetSettings;
import dev.stemfleet.dispatcher.cli.Screen;
import dev.stemfleet.dispatcher.cli.Stemfleet;
import dev.stemfleet.dispatcher.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The program's commands and options, as they really are.
final class Program {
  private static final Pattern CALL = Pattern.compile("(?:\\./|^\\s*)stemfleet ([^|#;>&]*)");

  private final CommandLine stemfleet = commands();

  private static CommandLine commands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Stemfleet.commandLine(
        new Surroundings(
            new Screen(nowhere, nowhere, false, false),
            new ByteArrayInputStream(new byte[0]),
            Map.of(),
            Path.of("").toAbsolutePath(),
            FleetSettings.home(),
            Clock.systemUTC()));
  }

  /// Every option of every command, by its names.
  Set<String> options() {
    Set<String> names = new TreeSet<>();
    all(stemfleet).forEach(command -> names.addAll(optionsOf(command)));
    return names;
  }

  /// The options of the command `path`, for example `submit`.
  Set<String> optionsOf(String command) {
    return optionsOf(stemfleet.getSubcommands().get(command));
  }

  /// What `stemfleet bench` can measure.
  List<String> benches() {
    return stemfleet.getSubcommands().get("bench").getSubcommands().keySet().stream()
        .filter(name -> !name.equals("all"))
        .toList();
  }

  private static Set<String> optionsOf(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet();
  }

  /// What is wrong with a line that calls this program, if it does.
  Optional<String> complaint(String line) {
    Matcher call = CALL.matcher(line);
    while (call.find()) {
      List<String> words = Arrays.stream(call.group(1).strip().split("\\s+", -1)).toList();
      if (words.getFirst().matches("[a-z].*")) {
        Optional<String> complaint = complaint(words);
        if (complaint.isPresent()) {
          return complaint;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> complaint(List<String> words) {
    CommandLine command = stemfleet;
    int next = 0;
    while (next < words.size() && command.getSubcommands().containsKey(words.get(next))) {
      command = command.getSubcommands().get(words.get(next++));
    }
    if (next == 0) {
      return Optional.of("there is no command " + words.getFirst());
    }
    Set<String> known = optionsOf(command);
    String unknown =
        words.stream()
            .filter(word -> word.startsWith("--"))
            .map(word -> word.replaceFirst("=.*", ""))
            .filter(option -> !known.contains(option))
            .collect(Collectors.joining(", "));
    String name = command.getCommandSpec().qualifiedName();
    return unknown.isEmpty() ? Optional.empty() : Optional.of(name + " has no " + unknown);
  }

  /// The page of all commands with their help.
  String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            What `--help` prints, for every command. Exit codes: 0 done, 1 something that was asked for
            could not be done, 2 the request makes no sense. Results go to standard output, everything
            else to standard error.
            """);
    for (CommandLine command : all(stemfleet)) {
      page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
      command
          .getUsageMessage(Ansi.OFF)
          .lines()
          .forEach(line -> page.append(line.stripTrailing()).append('\n'));
      page.append("```\n");
    }
    return page.toString();
  }

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
    return all;
  }
}
