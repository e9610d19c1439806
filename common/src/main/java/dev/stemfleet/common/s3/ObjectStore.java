package dev.stemfleet.common.s3;

import dev.stemfleet.common.config.ConfigException;
import dev.stemfleet.common.config.S3Settings;
import dev.stemfleet.common.domain.BucketPlace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// The connection to an object store. Thread-safe; the caller closes.
///
/// Keys come from where all programs for S3 find theirs (environment, profile, the machine's role),
/// and are asked for with the first request.
public final class ObjectStore implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final S3Client client;
  private final StoreLimits limits;

  private ObjectStore(S3Client client, StoreLimits limits) {
    this.client = client;
    this.limits = limits;
  }

  /// Asks nobody yet.
  ///
  /// @throws ConfigException if nothing says in which region the store is
  public static ObjectStore open(S3Settings settings) {
    return open(settings, StoreLimits.USUAL);
  }

  /// @throws ConfigException if nothing says in which region the store is
  public static ObjectStore open(S3Settings settings, StoreLimits limits) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(settings))
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            .forcePathStyle(settings.bucketInPath())
            // Every upload has a digest of its own; more than that not every store understands.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                more -> more.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(limits.connect())
                    .socketTimeout(limits.silence()))
            .overrideConfiguration(
                calls ->
                    calls
                        .retryStrategy(retries(limits))
                        .apiCallAttemptTimeout(limits.attempt())
                        .apiCallTimeout(limits.whole()));
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return new ObjectStore(builder.build(), limits);
  }

  /// Everything at a place.
  public Bucket at(BucketPlace place) {
    return new Bucket(client, limits, place);
  }

  @Override
  public void close() {
    client.close();
  }

  private static RetryStrategy retries(StoreLimits limits) {
    return AwsRetryStrategy.forRetryMode(RetryMode.STANDARD).toBuilder()
        .maxAttempts(limits.retries() + 1)
        .backoffStrategy(BackoffStrategy.exponentialDelay(limits.pause(), LONGEST_PAUSE))
        .throttlingBackoffStrategy(
            BackoffStrategy.exponentialDelay(limits.pause().multipliedBy(10), LONGEST_PAUSE))
        .build();
  }

  /// A store of one's own has no region, but what is signed must name one. Machines of Amazon's say
  /// theirs when asked; others let one wait for seconds, and are not asked about stores of one's
  /// own.
  private static Region region(S3Settings settings) {
    if (settings.region() != null) {
      return Region.of(settings.region());
    }
    boolean own = settings.endpoint() != null;
    Region found =
        found(
            own
                ? new AwsRegionProviderChain(
                    new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                : new DefaultAwsRegionProviderChain());
    if (found == null && !own) {
      throw new ConfigException("s3.region", "must be named, here or as AWS_REGION");
    }
    return found == null ? Region.US_EAST_1 : found;
  }

  private static @Nullable Region found(AwsRegionProvider provider) {
    try {
      return provider.getRegion();
    } catch (SdkClientException e) {
      return null;
    }
  }
}
