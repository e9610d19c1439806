package dev.stemfleet.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/// Which build of the program runs, from the manifest of its jar: `0.1.0 (1e7d820)`.
public final class ProductVersion {
  private static final String UNPACKED = "development";

  private ProductVersion() {}

  /// The version of the jar that `type` is in; `development` outside a jar.
  public static String of(Class<?> type) {
    URL self = type.getResource(type.getSimpleName() + ".class");
    String place = self == null ? "" : self.toString();
    int inJar = place.indexOf("!/");
    if (inJar < 0) {
      return UNPACKED;
    }
    try (InputStream in =
        URI.create(place.substring(0, inJar) + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
      Attributes main = new Manifest(in).getMainAttributes();
      return text(main, "Implementation-Version")
          + " ("
          + text(main, "Implementation-Revision")
          + ")";
    } catch (IOException e) {
      return UNPACKED;
    }
  }

  private static String text(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    // A build outside a repository leaves the property's name.
    return value == null || value.startsWith("${") ? "unknown" : value;
  }
}
