package dev.stemfleet.dispatcher.console;

import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.http.Answer;
import dev.stemfleet.common.http.Handler;
import dev.stemfleet.common.http.Request;
import dev.stemfleet.common.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The page itself, its scripts and its style: files of the program, none of them made by anybody's
/// data. Immutable.
final class PageFiles {
  /// What the page may load and run: its own files, and nothing that stands in its markup.
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String FOLDER = "page/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> TYPES = types();
  private final Map<String, Answer> byPath = new LinkedHashMap<>();

  private PageFiles() {}

  static PageFiles load() {
    PageFiles files = new PageFiles();
    TYPES.forEach(
        (name, type) ->
            files.byPath.put(name.equals("index.html") ? "/" : "/" + name, answer(name, type)));
    return files;
  }

  Set<String> paths() {
    return byPath.keySet();
  }

  void addTo(Routes routes) {
    byPath.forEach((path, answer) -> routes.get(path, unlessKnown(answer)));
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("index.html", "text/html; charset=utf-8");
    types.put("console.css", "text/css; charset=utf-8");
    types.put("icon.svg", "image/svg+xml");
    for (String script :
        new String[] {
          "app",
          "batches",
          "caches",
          "charts",
          "dom",
          "format",
          "job",
          "jobs",
          "overview",
          "player",
          "session",
          "stream",
          "table",
          "workers"
        }) {
      types.put(script + ".js", SCRIPT);
    }
    return types;
  }

  private static Answer answer(String name, String type) {
    byte[] bytes = read(FOLDER + name);
    return Answer.of(type, bytes)
        .with("Content-Security-Policy", POLICY)
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        .with("Cache-Control", "no-cache")
        .with("ETag", "\"" + Sha256.of(bytes).substring(0, 16) + "\"");
  }

  private static Handler unlessKnown(Answer answer) {
    String mark = String.valueOf(answer.headers().get("ETag"));
    return (Request request) ->
        request.header("If-None-Match").filter(mark::equals).isPresent()
            ? answer.with(304)
            : answer;
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
