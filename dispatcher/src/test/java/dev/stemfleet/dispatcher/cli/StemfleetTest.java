package dev.stemfleet.dispatcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class StemfleetTest {
  @TempDir Path folder;

  @Test
  void everyCommandExplainsItselfWithAnExample() {
    List<CommandLine> commands = all(Stemfleet.commandLine(Surroundings.ofProcess())).toList();

    assertThat(commands)
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                    .as(command.getCommandSpec().qualifiedName())
                    .contains("--help")
                    .containsPattern("Examples?:\\s+stemfleet "));
  }

  @Test
  void anUnknownOptionIsOneLineAndExitCodeTwo() {
    CommandRun run = CommandRun.of(folder, "--frobnicate");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--frobnicate").hasLineCount(1);
  }

  @Test
  void withoutACommandNothingIsDone() {
    assertThat(CommandRun.of(folder).exitCode()).isEqualTo(2);
  }

  @Test
  void theVersionNamesTheProgram() {
    CommandRun run = CommandRun.of(folder, "--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("stemfleet ");
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(StemfleetTest::all));
  }
}
