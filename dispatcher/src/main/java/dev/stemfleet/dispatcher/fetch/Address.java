package dev.stemfleet.dispatcher.fetch;

import dev.stemfleet.dispatcher.plan.RequestException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a file to be fetched lies, as people write it: a URL, or `hf:OWNER/REPO/FILE[@REVISION]`
/// for a repository of Hugging Face. Immutable.
///
/// @param uri what is asked for
/// @param fileName what the file is called here
/// @param licences where its licence may lie, best first
/// @param card where the repository's model card lies, if there is one
/// @param endpoint the service whose access token may be sent to this address, if there is one
public record Address(
    URI uri, String fileName, List<URI> licences, @Nullable URI card, @Nullable URI endpoint) {
  /// Hugging Face itself.
  public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

  private static final String SCHEME = "hf:";
  private static final Pattern REPOSITORY_FILE =
      Pattern.compile("([\\w.-]+)/([\\w.-]+)/([^@\\s]+?)(?:@([\\w./-]+))?");
  private static final List<String> LICENCE_NAMES = List.of("LICENSE", "LICENSE.md", "LICENSE.txt");

  public Address {
    licences = List.copyOf(licences);
  }

  /// @param huggingFace the service that `hf:` means
  /// @throws RequestException if it is no address
  public static Address parse(String text, URI huggingFace) {
    return text.startsWith(SCHEME)
        ? ofRepository(text, huggingFace)
        : ofUrl(text, uri(text.strip()));
  }

  private static Address ofRepository(String text, URI huggingFace) {
    Matcher parts = REPOSITORY_FILE.matcher(text.substring(SCHEME.length()));
    if (!parts.matches() || Arrays.asList(parts.group(3).split("/", -1)).contains("..")) {
      throw new RequestException("'" + text + "' is not hf:OWNER/REPO/FILE[@REVISION]");
    }
    String revision = parts.group(4) == null ? "main" : parts.group(4);
    String root =
        "%s/%s/%s/resolve/%s/"
            .formatted(
                huggingFace.toString().replaceFirst("/+$", ""),
                parts.group(1),
                parts.group(2),
                revision.replace("/", "%2F"));
    return new Address(
        uri(root + escaped(parts.group(3))),
        fileName(text, parts.group(3)),
        LICENCE_NAMES.stream().map(name -> uri(root + name)).toList(),
        uri(root + "README.md"),
        huggingFace);
  }

  private static Address ofUrl(String text, URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    if (!scheme.matches("(?i)https?") || uri.getHost() == null) {
      throw new RequestException(
          "'" + text + "' is neither a URL of http or https nor hf:OWNER/REPO/FILE[@REVISION]");
    }
    if (uri.getUserInfo() != null) {
      throw new RequestException("a URL with a user name or password is not taken");
    }
    return new Address(
        uri,
        fileName(text, String.valueOf(uri.getPath())),
        LICENCE_NAMES.stream().map(uri::resolve).toList(),
        null,
        null);
  }

  /// The address without what may be a secret in it, for definitions and messages.
  public String shown() {
    return uri.toString().replaceFirst("[?#].*", "");
  }

  private static String fileName(String text, String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name = last.replaceAll("[^A-Za-z0-9._-]", "_");
    if (!name.matches("[A-Za-z0-9_].*")) {
      throw new RequestException("'" + text + "' does not end in the name of a file");
    }
    return name;
  }

  private static String escaped(String path) {
    try {
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new RequestException("'" + path + "' is no path: " + e.getReason());
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new RequestException("'" + text + "' is no address: " + e.getReason());
    }
  }
}
