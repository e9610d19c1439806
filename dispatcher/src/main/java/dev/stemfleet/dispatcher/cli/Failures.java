package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.dispatcher.plan.RequestException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// How commands end when something is wrong: one line that names the field or file, and the exit
/// code that goes with it. `--debug` adds the stack trace.
final class Failures
    implements IParameterExceptionHandler, IExecutionExceptionHandler, IExitCodeExceptionMapper {
  private final Screen screen;

  Failures(Screen screen) {
    this.screen = screen;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    screen.error(firstLine(e) + " (see: " + name + " --help)");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    screen.error(firstLine(e));
    if (debug(command)) {
      e.printStackTrace(screen.err());
      screen.err().flush();
    } else if (!isOurs(e)) {
      screen.error("this was not foreseen; --debug shows where it happened");
    }
    return getExitCode(e);
  }

  @Override
  public int getExitCode(Throwable e) {
    return e instanceof ConfigException
            || e instanceof RequestException
            || e instanceof ParameterException
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  private static boolean isOurs(Throwable e) {
    return e.getClass().getName().startsWith("dev.stemfleet.") || e instanceof KafkaException;
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    String line = message.lines().findFirst().orElse(message);
    if (e instanceof KafkaException) {
      return "Kafka: " + line + " (see: stemfleet doctor)";
    }
    return isOurs(e) || e instanceof ParameterException
        ? line
        : e.getClass().getSimpleName() + ": " + line;
  }

  private static boolean debug(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.getCommand() instanceof Stemfleet stemfleet && stemfleet.debug();
  }
}
