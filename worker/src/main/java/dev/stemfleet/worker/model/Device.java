package dev.stemfleet.worker.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a network runs on. Chosen by people, never fallen back to.
public sealed interface Device {
  Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

  /// The spelling on the command line, in logs and in results.
  String key();

  /// The processor.
  record Cpu() implements Device {
    @Override
    public String key() {
      return "cpu";
    }
  }

  /// A GPU of NVIDIA.
  ///
  /// @param index as CUDA counts the devices that it may see
  record Cuda(int index) implements Device {
    @Override
    public String key() {
      return "cuda:" + index;
    }
  }

  /// For `auto` see [DeviceChoice].
  ///
  /// @throws IllegalArgumentException if the text is neither `cpu` nor `cuda:` and a number
  static Device parse(String text) {
    if (text.equals("cpu")) {
      return new Cpu();
    }
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) {
      return new Cuda(Integer.parseInt(cuda.group(1)));
    }
    throw new IllegalArgumentException("device: must be cpu, cuda:N or auto, is " + text);
  }
}
