package dev.stemfleet.common.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which handler answers which method and path; 404 and 405 for all others. Filled by one thread,
/// then never changed and safe for all.
public final class Routes implements Handler {
  /// Methods by path. A path that ends with a slash stands for all below it.
  private final Map<String, Map<String, Handler>> byPath = new TreeMap<>();

  /// @param path exact, or ending with a slash for all below it but what has a route of its own
  public Routes get(String path, Handler handler) {
    return add("GET", path, handler);
  }

  /// @param path as for [#get]
  public Routes post(String path, Handler handler) {
    return add("POST", path, handler);
  }

  private Routes add(String method, String path, Handler handler) {
    byPath.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, handler);
    return this;
  }

  @Override
  public Answer answer(Request request) throws IOException {
    Map<String, Handler> methods =
        methods(request.path()).orElseThrow(() -> new RequestRefused(404, "nothing lies here"));
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    Handler handler = methods.get(method);
    return handler == null ? notAllowed(methods) : handler.answer(request);
  }

  private Optional<Map<String, Handler>> methods(String path) {
    Map<String, Handler> exact = byPath.get(path);
    if (exact != null && (path.equals("/") || !path.endsWith("/"))) {
      return Optional.of(exact);
    }
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      Map<String, Handler> below = byPath.get(path.substring(0, end + 1));
      if (below != null) {
        return Optional.of(below);
      }
    }
    return Optional.empty();
  }

  private static Answer notAllowed(Map<String, Handler> methods) {
    TreeSet<String> allowed = new TreeSet<>(methods.keySet());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return Answer.line(405, "that cannot be done here").with("Allow", String.join(", ", allowed));
  }
}
