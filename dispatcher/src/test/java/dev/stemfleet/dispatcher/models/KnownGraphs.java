package dev.stemfleet.dispatcher.models;

import dev.stemfleet.common.message.GraphFacts;
import dev.stemfleet.common.message.GraphFacts.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Stands for the worker program: files hold their tensors as text, one a line, `in 1,2,343980` or
/// `out name float16 1,4,2,-1`; `beside weights/a.bin` is a file that they read.
public final class KnownGraphs implements GraphReader {
  private final List<String> verified = new ArrayList<>();
  private String verdict = "";

  /// From now on models are refused with these words.
  public void refuse(String why) {
    verdict = why;
  }

  public List<String> verified() {
    return verified;
  }

  @Override
  public GraphFacts read(Path file) throws IOException {
    List<Tensor> in = new ArrayList<>();
    List<Tensor> out = new ArrayList<>();
    List<String> beside = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split(" ");
      switch (words[0]) {
        case "in" -> in.add(tensor("in" + in.size(), words));
        case "beside" -> beside.add(words[1]);
        case "out" -> out.add(tensor("out" + out.size(), words));
        default -> throw new ModelException(file + ": is no network");
      }
    }
    return new GraphFacts(in, out, Map.of(), beside);
  }

  private static Tensor tensor(String name, String[] words) {
    boolean named = words.length == 4;
    return new Tensor(
        named ? words[1] : name,
        named ? words[2] : "float32",
        Arrays.stream(words[words.length - 1].split(",")).map(Long::valueOf).toList());
  }

  @Override
  public String verify(Path folder, String id) {
    verified.add(id);
    return verdict;
  }
}
