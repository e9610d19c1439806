package dev.stemfleet.common.s3;

import dev.stemfleet.common.domain.BucketPlace;
import dev.stemfleet.common.domain.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// A place in an object store; keys are relative to it. Thread-safe. Failures that may pass were
/// tried again when they come out of here.
public final class Bucket {
  private static final int MOST_CONFLICTS = 20;

  private final S3Client client;
  private final StoreLimits limits;
  private final BucketPlace place;
  private final String prefix;

  Bucket(S3Client client, StoreLimits limits, BucketPlace place) {
    this.client = client;
    this.limits = limits;
    this.place = place;
    this.prefix = place.prefix().isEmpty() ? "" : place.prefix() + "/";
  }

  /// The place itself.
  public BucketPlace place() {
    return place;
  }

  /// How people call an object.
  public String name(String key) {
    return BucketPlace.SCHEME + place.bucket() + "/" + prefix + key;
  }

  /// What is known of an object, if there is one.
  public Optional<Stored> find(String key) throws StoreFailure {
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(place.bucket()).key(prefix + key));
      return Optional.of(new Stored(key, head.contentLength(), head.lastModified(), head.eTag()));
    } catch (SdkException e) {
      if (Answers.isMissing(e)) {
        return Optional.empty();
      }
      throw Answers.failure(name(key), e);
    }
  }

  /// The bytes of a small object, if there is one.
  public Optional<byte[]> read(String key) throws StoreFailure {
    return readVersion(key).map(Read::bytes);
  }

  /// The bytes of a small object, and what [#replace] asks for.
  public Optional<Read> readVersion(String key) throws StoreFailure {
    try {
      var answer =
          client.getObjectAsBytes(request -> request.bucket(place.bucket()).key(prefix + key));
      return Optional.of(new Read(answer.asByteArrayUnsafe(), answer.response().eTag()));
    } catch (SdkException e) {
      if (Answers.isMissing(e)) {
        return Optional.empty();
      }
      throw Answers.failure(name(key), e);
    }
  }

  /// Fetches an object into a file.
  ///
  /// @param mostBytes it may have
  /// @param received is told how many bytes are there; what it throws ends the download
  /// @throws StoreFailure if there is none, it is too large, or cannot be had now; the file may be
  ///   left half-written
  /// @throws IOException if the file cannot be written
  public void download(String key, Path file, long mostBytes, LongConsumer received)
      throws IOException {
    new Download(client, limits, name(key))
        .fetch(place.bucket(), prefix + key, file, mostBytes, received);
  }

  /// Writes a small object, over what is there.
  public void write(String key, byte[] bytes) throws StoreFailure {
    Answers.asked(name(key), () -> client.putObject(put(key, bytes).build(), Bodies.of(bytes)));
  }

  /// Writes a small object unless there is one. Of several that do so at once, one succeeds.
  ///
  /// @param bytes that nobody else would write: they tell an own success, of which the answer was
  ///   lost, from another's
  /// @return whether the object has these bytes
  public boolean create(String key, byte[] bytes) throws StoreFailure {
    return writeIf(key, bytes, put(key, bytes).ifNoneMatch("*").build());
  }

  /// Writes a small object over the version that was read, unless it is another one meanwhile.
  ///
  /// @param version see [#readVersion]
  /// @param bytes as for [#create]
  public boolean replace(String key, String version, byte[] bytes) throws StoreFailure {
    return writeIf(key, bytes, put(key, bytes).ifMatch(version).build());
  }

  /// Sends a file; nobody sees it until it is completed.
  ///
  /// @throws StoreFailure if the store does not take it
  /// @throws IOException if the file cannot be read
  public Upload upload(String key, Path file, Progress progress) throws IOException {
    return Upload.send(client, limits, place.bucket(), prefix + key, file, progress);
  }

  /// All objects whose keys begin so, in the order of their keys.
  public List<Stored> list(String beginning) throws StoreFailure {
    return Answers.asked(
        name(beginning),
        () ->
            client
                .listObjectsV2Paginator(
                    request -> request.bucket(place.bucket()).prefix(prefix + beginning))
                .contents()
                .stream()
                .map(this::stored)
                .toList());
  }

  /// Removes an object, if there is one.
  public void remove(String key) throws StoreFailure {
    Answers.asked(
        name(key),
        () -> client.deleteObject(request -> request.bucket(place.bucket()).key(prefix + key)));
  }

  /// Removes all objects whose keys begin so, and before that what was sent of such and never
  /// completed.
  public void removeAll(String beginning) throws StoreFailure {
    for (MultipartUpload upload : uploads(beginning)) {
      Answers.asked(
          name(beginning),
          () ->
              client.abortMultipartUpload(
                  request ->
                      request
                          .bucket(place.bucket())
                          .key(upload.key())
                          .uploadId(upload.uploadId())));
    }
    for (Stored object : list(beginning)) {
      remove(object.key());
    }
  }

  /// Keys of files that were begun and not completed.
  public List<String> unfinished(String beginning) throws StoreFailure {
    return uploads(beginning).stream()
        .map(upload -> upload.key().substring(prefix.length()))
        .toList();
  }

  private List<MultipartUpload> uploads(String beginning) throws StoreFailure {
    return Answers.asked(
        name(beginning),
        () ->
            new ArrayList<>(
                client
                    .listMultipartUploadsPaginator(
                        request -> request.bucket(place.bucket()).prefix(prefix + beginning))
                    .uploads()
                    .stream()
                    // Not every store looks at the prefix.
                    .filter(upload -> upload.key().startsWith(prefix + beginning))
                    .toList()));
  }

  private boolean writeIf(String key, byte[] bytes, PutObjectRequest request) throws StoreFailure {
    for (int conflict = 0; ; conflict++) {
      try {
        var _ = client.putObject(request, Bodies.of(bytes));
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == Answers.CONDITION_FAILED) {
          // The first of two tries may have come through, and only its answer been lost.
          return read(key).filter(there -> Arrays.equals(there, bytes)).isPresent();
        }
        boolean gone = e.statusCode() == 404 && request.ifMatch() != null;
        if (gone) {
          return false;
        }
        if (e.statusCode() != Answers.CONFLICT || conflict == MOST_CONFLICTS) {
          throw Answers.failure(name(key), e);
        }
      } catch (SdkException e) {
        throw Answers.failure(name(key), e);
      }
    }
  }

  private PutObjectRequest.Builder put(String key, byte[] bytes) {
    return PutObjectRequest.builder()
        .bucket(place.bucket())
        .key(prefix + key)
        .contentType(ContentTypes.of(key))
        .checksumSHA256(Bodies.digest(bytes));
  }

  private Stored stored(S3Object object) {
    return new Stored(
        object.key().substring(prefix.length()),
        object.size(),
        object.lastModified(),
        object.eTag());
  }
}
