package dev.stemfleet.dispatcher.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.Sha256;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AssetStoreTest {
  private static final byte[] BYTES = "a picture".getBytes(StandardCharsets.UTF_8);
  private static final AssetRef ASSET = new AssetRef("covers/a.png", Sha256.of(BYTES));

  @TempDir Path out;

  @Test
  void aPictureLiesUnderItsDigestAndNothingBesideIt() throws IOException {
    new AssetStore(out).put(ASSET, BYTES);

    Path folder = out.resolve(".stemfleet/assets");
    assertThat(folder.resolve(ASSET.sha256())).hasBinaryContent(BYTES);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void wrongBytesUnderANameArePutRight() throws IOException {
    AssetStore store = new AssetStore(out);
    Files.createDirectories(store.fileOf(ASSET).getParent());
    Files.writeString(store.fileOf(ASSET), "cut off");

    store.put(ASSET, BYTES);

    assertThat(store.fileOf(ASSET)).hasBinaryContent(BYTES);
  }

  @Test
  void bytesThatAreNotWhatTheNameSaysAreNeverKept() {
    AssetStore store = new AssetStore(out);

    assertThatThrownBy(() -> store.put(ASSET, new byte[] {1}))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ASSET_UNREADABLE))
        .hasMessageContaining("covers/a.png");
    assertThat(store.fileOf(ASSET)).doesNotExist();
  }

  @Test
  void anOutputRootThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(out.resolve("file"), "");

    assertThatThrownBy(() -> new AssetStore(file).put(ASSET, BYTES))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_UNWRITABLE))
        .hasMessageContaining(file.toString());
  }
}
