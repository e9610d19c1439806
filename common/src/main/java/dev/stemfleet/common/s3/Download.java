package dev.stemfleet.common.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// An object on its way into a file.
///
/// @param name for people
record Download(S3Client client, StoreLimits limits, String name) {
  private static final int BLOCK = 64 << 10;

  void fetch(String bucket, String key, Path file, long mostBytes, LongConsumer received)
      throws IOException {
    long end = System.nanoTime() + limits.whole().toNanos();
    ResponseInputStream<GetObjectResponse> answer =
        Answers.asked(name, () -> client.getObject(request -> request.bucket(bucket).key(key)));
    try (OutputStream out = Files.newOutputStream(file)) {
      long wanted = answer.response().contentLength();
      requireFits(wanted, mostBytes);
      byte[] block = new byte[BLOCK];
      long bytes = 0;
      for (int read = read(answer, block); read >= 0; read = read(answer, block)) {
        bytes += read;
        requireFits(bytes, mostBytes);
        if (System.nanoTime() - end > 0) {
          throw new StoreFailure(StoreFailure.Kind.UNREACHABLE, name + ": it takes too long");
        }
        out.write(block, 0, read);
        received.accept(bytes);
      }
      if (bytes != wanted) {
        throw new StoreFailure(
            StoreFailure.Kind.UNREACHABLE,
            "%s: ends after %d of %d bytes".formatted(name, bytes, wanted));
      }
    } finally {
      // Closing would read the rest of it.
      answer.abort();
    }
  }

  private int read(InputStream in, byte[] block) throws StoreFailure {
    try {
      return in.read(block);
    } catch (SdkException e) {
      throw Answers.failure(name, e);
    } catch (IOException e) {
      throw new StoreFailure(
          StoreFailure.Kind.UNREACHABLE, name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void requireFits(long bytes, long mostBytes) throws StoreFailure {
    if (bytes > mostBytes) {
      throw new StoreFailure(
          StoreFailure.Kind.TOO_LARGE, "%s: is larger than %d bytes".formatted(name, mostBytes));
    }
  }
}
