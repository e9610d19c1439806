package dev.stemfleet.dispatcher.local;

import dev.stemfleet.common.config.ConfigException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The devices of a machine that get a worker each, in the order in which they were named.
///
/// @param names `cpu`, `cuda:0`, …; at least one, none twice
public record DeviceList(List<String> names) {
  private static final String FLAG = "--devices";

  public DeviceList {
    names = List.copyOf(names);
  }

  /// @param text with commas between the devices
  /// @throws ConfigException naming the device that is wrong or there twice
  public static DeviceList parse(String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!name.matches("cpu|cuda:\\d{1,3}")) {
        throw new ConfigException(
            FLAG, "'%s' is no device; name them as cpu or cuda:0,cuda:1".formatted(name));
      }
      if (!seen.add(name)) {
        throw new ConfigException(FLAG, name + " is there twice; a device has one worker");
      }
    }
    return new DeviceList(names);
  }

  /// A device as part of a worker's id and of file names: `cuda-0`.
  public static String plain(String device) {
    return device.replace(':', '-');
  }
}
