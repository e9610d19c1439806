package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.models.Questions;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks people at a terminal; where there is none, a missing answer is an error that names the
/// flag.
final class ScreenQuestions implements Questions {
  private static final int TRIES = 3;

  private final Screen screen;
  private final BufferedReader answers;

  ScreenQuestions(Surroundings here) {
    screen = here.screen();
    answers = new BufferedReader(new InputStreamReader(here.in(), StandardCharsets.UTF_8));
  }

  @Override
  public <T> T ask(String flag, String question, Function<String, T> reader) {
    for (int i = 0; i < TRIES && screen.errIsTerminal(); i++) {
      String answer = answer(question + "? ");
      if (answer == null) {
        break;
      }
      try {
        return reader.apply(answer.strip());
      } catch (NumberFormatException e) {
        screen.note("that is no number");
      } catch (IllegalArgumentException | RequestException e) {
        screen.note(String.valueOf(e.getMessage()));
      }
    }
    throw new RequestException(flag + " is missing: " + question + "?");
  }

  /// Whether somebody says yes; nobody says no.
  boolean yes(String question) {
    String answer = screen.errIsTerminal() ? answer(question + " [y/N] ") : null;
    return answer != null && answer.strip().matches("(?i)y|yes");
  }

  private @Nullable String answer(String prompt) {
    screen.endProgress();
    screen.err().print(prompt);
    screen.err().flush();
    try {
      return answers.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
