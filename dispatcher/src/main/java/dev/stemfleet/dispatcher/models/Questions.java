package dev.stemfleet.dispatcher.models;

import java.util.function.Function;

/// Asks the operator for what cannot be known.
public interface Questions {
  /// @param flag that answers it as well
  /// @param question without a question mark at its end
  /// @param reader of the answer; throws IllegalArgumentException saying what is wrong with it
  /// @throws dev.stemfleet.dispatcher.plan.RequestException naming the flag, if nobody can be asked
  <T> T ask(String flag, String question, Function<String, T> reader);
}
