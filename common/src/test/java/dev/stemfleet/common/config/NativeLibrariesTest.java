package dev.stemfleet.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir private Path folder;

  @Test
  void everyMachinesLibrariesAreInTheJarAndOnlyOursAreUnpacked() throws Exception {
    Path jar = jar();
    Path into = folder.resolve("natives");

    Path unpacked = NativeLibraries.unpacked(jar, into);

    assertThat(unpacked).isEqualTo(into.resolve("onnxruntime-9"));
    assertThat(names(unpacked)).containsExactly("libonnxruntime.so");
    assertThat(NativeLibraries.folder(jar, into)).isEqualTo(unpacked);
  }

  @Test
  void severalAtOnceUnpackOnceAndLeaveNothingBehind() throws Exception {
    Path jar = jar();
    Path into = folder.resolve("natives");
    Callable<Path> unpack = () -> NativeLibraries.unpacked(jar, into);

    List<Future<Path>> all;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      all = threads.invokeAll(Stream.generate(() -> unpack).limit(8).toList());
    }

    for (Future<Path> one : all) {
      assertThat(names(one.get())).containsExactly("libonnxruntime.so");
    }
    assertThat(names(into)).containsExactly("onnxruntime-9");
  }

  @Test
  void aBrokenJarLeavesNothingBehind() throws IOException {
    Path jar = Files.writeString(folder.resolve("onnxruntime-9.jar"), "no jar");
    Path into = folder.resolve("natives");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> NativeLibraries.unpacked(jar, into));

    assertThat(names(into)).isEmpty();
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("onnxruntime-9.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String machine : List.of("linux-x64", "linux-aarch64", "osx-aarch64", "win-x64")) {
        for (String name : List.of("libonnxruntime.so", "libonnxruntime_providers_tensorrt.so")) {
          zip.putNextEntry(new ZipEntry("ai/onnxruntime/native/" + machine + "/" + name));
          zip.write(new byte[] {1});
        }
      }
    }
    return jar;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
