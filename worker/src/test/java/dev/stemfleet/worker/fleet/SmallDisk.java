package dev.stemfleet.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small disk of its own at a folder. Needs the right to mount one, which root in a container
/// often lacks; a test that asks for it in vain is skipped and says so.
public record SmallDisk(Path folder) implements AutoCloseable {
  /// @param megabytes that it has room for
  public static SmallDisk at(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String size = "size=" + megabytes + "m";
    boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "none", folder.toString()) == 0;
    assumeTrue(mounted, "may not mount a disk of its own: needs root outside of most containers");
    return new SmallDisk(folder);
  }

  /// Takes all the room there is.
  ///
  /// @return what takes it
  public Path fill() throws IOException {
    Path file = folder.resolve(".stemfleet").resolve("filler");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return file;
    }
  }

  /// @param how `ro` or `rw`
  public void remount(String how) throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount," + how, folder.toString())).isZero();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", folder.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }
}
