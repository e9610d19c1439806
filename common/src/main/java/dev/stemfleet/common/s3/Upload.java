package dev.stemfleet.common.s3;

import dev.stemfleet.common.domain.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A file whose bytes are all in the store, where nobody sees them until [#complete]. One thread at
/// a time.
public final class Upload {
  private static final int MOST_PARTS = 10_000;

  private final S3Client client;
  private final String bucket;
  private final String key;
  private final String id;
  private String sha256 = "";
  private final List<CompletedPart> parts = new ArrayList<>();

  private Upload(S3Client client, String bucket, String key, String id) {
    this.client = client;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  /// Sends a file in parts, each with its sha256, which the store checks.
  ///
  /// @throws StoreFailure if the store does not take it; the parts are taken back then
  /// @throws IOException if the file cannot be read
  static Upload send(
      S3Client client, StoreLimits limits, String bucket, String key, Path file, Progress progress)
      throws IOException {
    String id =
        Answers.asked(
            "s3://" + bucket + "/" + key,
            () ->
                client
                    .createMultipartUpload(
                        request ->
                            request
                                .bucket(bucket)
                                .key(key)
                                .contentType(ContentTypes.of(key))
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                    .uploadId());
    Upload upload = new Upload(client, bucket, key, id);
    boolean sent = false;
    try {
      upload.sendParts(file, limits.partBytes(), progress);
      sent = true;
      return upload;
    } finally {
      if (!sent) {
        upload.abort();
      }
    }
  }

  /// The digest of what was sent: 64 lower-case hex digits.
  public String sha256() {
    return sha256;
  }

  /// Makes the object appear, whole.
  public void complete() throws StoreFailure {
    Answers.asked(
        name(),
        () ->
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(CompletedMultipartUpload.builder().parts(parts).build())));
  }

  /// Takes back what was sent. What cannot be taken back stays for the next clean-up.
  public void abort() {
    try {
      var _ = client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      // Nobody sees it, and whoever cleans up finds it.
    }
  }

  private void sendParts(Path file, int partBytes, Progress progress) throws IOException {
    long size = Files.size(file);
    int length = Math.toIntExact(Math.max(partBytes, (size + MOST_PARTS - 1) / MOST_PARTS));
    long sent = 0;
    MessageDigest digest = Bodies.newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(length);
          part.length > 0 || parts.isEmpty();
          part = in.readNBytes(length)) {
        sendPart(part);
        digest.update(part);
        sent += part.length;
        progress.at(size == 0 ? 1 : (double) sent / size);
      }
    }
    sha256 = HexFormat.of().formatHex(digest.digest());
  }

  private void sendPart(byte[] part) throws StoreFailure {
    int number = parts.size() + 1;
    String sha256 = Bodies.digest(part);
    String tag =
        Answers.asked(
            name(),
            () ->
                client
                    .uploadPart(
                        request ->
                            request
                                .bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .checksumSHA256(sha256),
                        Bodies.of(part))
                    .eTag());
    parts.add(CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(sha256).build());
  }

  private String name() {
    return "s3://" + bucket + "/" + key;
  }
}
