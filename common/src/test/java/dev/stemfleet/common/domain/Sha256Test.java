package dev.stemfleet.common.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  @Test
  void theDigestsOfTheStandardAreFound() {
    // The examples of FIPS 180-4: the empty message and "abc".
    assertThat(Sha256.of(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aFileLargerThanABlockHasTheDigestOfItsBytes(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[200_001];
    bytes[200_000] = 1;
    Path file = Files.write(folder.resolve("large"), bytes);

    assertThat(Sha256.ofFile(file)).isEqualTo(Sha256.of(bytes));
  }
}
