package dev.stemfleet.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stemfleet.common.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceChoiceTest {
  @TempDir private Path devices;

  @Test
  void autoTakesTheGpuThatIsThereElseTheProcessor() {
    assertThat(DeviceChoice.auto(2, true)).isEqualTo(new Device.Cuda(0));
    assertThat(DeviceChoice.auto(0, true)).isEqualTo(new Device.Cpu());
  }

  @Test
  void aGpuThatThisBuildCannotUseIsAnErrorAndNoQuietRunOnTheProcessor() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> DeviceChoice.auto(1, false))
        .withMessageContaining("-Pgpu")
        .withMessageContaining("--device cpu");
  }

  @Test
  void whatIsNamedIsNotChosen() {
    assertThat(DeviceChoice.of("cuda:3")).isEqualTo(new Device.Cuda(3));
    assertThat(DeviceChoice.of("cpu")).isEqualTo(new Device.Cpu());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> DeviceChoice.of("gpu"))
        .withMessage("device: must be cpu, cuda:N or auto, is gpu");
  }

  @Test
  void gpusAreCountedByTheirFilesAndMayBeHidden() throws IOException {
    for (String name : new String[] {"nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "null"}) {
      Files.createFile(devices.resolve(name));
    }

    assertThat(Gpus.count(devices, null)).isEqualTo(2);
    assertThat(Gpus.count(devices, "1")).isEqualTo(1);
    assertThat(Gpus.count(devices, "")).isZero();
    assertThat(Gpus.count(devices, "-1")).isZero();
    assertThat(Gpus.count(devices.resolve("none"), null)).isZero();
  }

  @Test
  void aMissingLibraryIsNamedWithWhereItComesFrom() {
    String said =
        "Error code - ORT_FAIL - message: Failed to load library /x/libonnxruntime_providers_cuda.so"
            + " with error: %s: cannot open shared object file: No such file or directory";

    assertThat(CudaProvider.reason(said.formatted("libcublasLt.so.12")))
        .isEqualTo(
            "the library libcublasLt.so.12 is missing: install CUDA 12 and cuDNN 9, or build with"
                + " -Pgpu -Dcuda.libraries");
    assertThat(CudaProvider.reason(said.formatted("libcuda.so.1")))
        .isEqualTo("the library libcuda.so.1 is missing: it comes with NVIDIA's driver");
    assertThat(CudaProvider.reason("something else")).isEqualTo("something else");
  }
}
