package dev.stemfleet.common.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the environment says of places, in words that have to be understood.
final class FleetVariables {
  private static final String PATH_STYLE = "S3_PATH_STYLE";

  private FleetVariables() {}

  /// @throws ConfigException naming the variable
  static @Nullable OutPlace out(Map<String, String> environment, Path folder) {
    String text = FleetLayer.text(environment, "OUT");
    try {
      return text == null ? null : OutPlace.parse(folder, text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(FleetLayer.ENVIRONMENT + "OUT", String.valueOf(e.getMessage()));
    }
  }

  /// @throws ConfigException naming the variables or the key
  static S3Settings s3(Map<String, String> environment) {
    String sources = FleetLayer.text(environment, "S3_SOURCES");
    try {
      return S3Settings.of(
          FleetLayer.text(environment, "S3_ENDPOINT"),
          FleetLayer.text(environment, "S3_REGION"),
          yesOrNo(FleetLayer.text(environment, PATH_STYLE)),
          FleetLayer.listed(sources == null ? "" : sources));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(FleetLayer.ENVIRONMENT + "S3_…", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Boolean yesOrNo(@Nullable String text) {
    if (text == null || text.equals("true") || text.equals("false")) {
      return text == null ? null : Boolean.valueOf(text);
    }
    throw new IllegalArgumentException("s3.pathStyle: '" + text + "' is neither true nor false");
  }
}
