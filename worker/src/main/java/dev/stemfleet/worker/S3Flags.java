package dev.stemfleet.worker;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.S3Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say which object store is meant: the same as the dispatcher's. A mixin.
final class S3Flags {
  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "Address of the object store, for all but Amazon's own.")
  private @Nullable String endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "NAME",
      description = "Its region. Default: AWS_REGION, or that of the profile")
  private @Nullable String region;

  @Option(
      names = "--s3-path-style",
      arity = "1",
      paramLabel = "BOOL",
      description = "Whether the bucket stands in the path. Default: with an endpoint")
  private @Nullable Boolean pathStyle;

  @Option(
      names = "--s3-source",
      paramLabel = "S3PLACE",
      description =
          "A place s3://<bucket>/<prefix> that tracks may be read from; may be given several times.")
  private List<String> sources = new ArrayList<>();

  /// @throws ConfigException naming the key
  S3Settings settings() {
    try {
      return S3Settings.of(endpoint, region, pathStyle, sources);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("command line", String.valueOf(e.getMessage()));
    }
  }
}
