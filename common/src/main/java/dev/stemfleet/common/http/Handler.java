package dev.stemfleet.common.http;

import java.io.IOException;

/// What answers requests. Called by many threads at once, all of them virtual.
@FunctionalInterface
public interface Handler {
  /// @throws RequestRefused if the client is to hear why not
  /// @throws IOException if the client cannot be heard; whatever else is thrown is answered with
  ///   500 and logged, and the client hears nothing of it
  Answer answer(Request request) throws IOException;
}
