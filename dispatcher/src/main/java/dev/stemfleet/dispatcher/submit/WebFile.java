package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/// A file fetched from a web server into a temporary one, to be looked at once. The caller closes,
/// which deletes it.
///
/// @param path the temporary file
record WebFile(Path path) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Downloads the whole file; follows redirects, but not from https to http.
  ///
  /// @throws JobException SOURCE_MISSING, SOURCE_FORBIDDEN or SOURCE_UNREACHABLE
  static WebFile fetch(URI uri) {
    Path path = temporary();
    try (HttpClient client = client()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        requireOk(uri, response.statusCode());
        Files.copy(body, path, StandardCopyOption.REPLACE_EXISTING);
      }
      return new WebFile(path);
    } catch (IOException e) {
      delete(path);
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, uri + ": cannot be fetched: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      delete(path);
      Thread.currentThread().interrupt();
      throw new JobException(FailureCode.SOURCE_UNREACHABLE, uri + ": interrupted", e);
    } catch (JobException e) {
      delete(path);
      throw e;
    }
  }

  @Override
  public void close() {
    delete(path);
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  private static void requireOk(URI uri, int status) {
    FailureCode code =
        switch (status) {
          case 200 -> null;
          case 404, 410 -> FailureCode.SOURCE_MISSING;
          case 401, 403 -> FailureCode.SOURCE_FORBIDDEN;
          default -> FailureCode.SOURCE_UNREACHABLE;
        };
    if (code != null) {
      throw new JobException(code, uri + ": the server answered " + status);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("stemfleet-", ".download");
    } catch (IOException e) {
      throw new JobException(
          FailureCode.OUTPUT_UNWRITABLE, "temporary folder: cannot be written: " + e.getMessage());
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
