package dev.stemfleet.worker.model.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Builds an ONNX file node by node: each operator takes and gives values, so that a graph reads
/// like a program. The same calls give the same bytes. Not thread-safe.
///
/// Field numbers: onnx/onnx `onnx/onnx.proto3`; operators: its `docs/Operators.md`, opset 17.
public final class OnnxGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final Protobuf graph = new Protobuf();
  private final Protobuf metadata = new Protobuf();
  private int names;

  /// What a tensor holds, by its number in the format.
  public enum ElementType {
    FLOAT32(1),
    INT64(7),
    BOOL(9),
    FLOAT16(10);

    private final int number;

    ElementType(int number) {
      this.number = number;
    }
  }

  /// A tensor of the graph, by its name.
  public record Value(String name) {}

  /// An attribute of a node.
  public sealed interface Attribute {
    record Whole(String name, long value) implements Attribute {}

    record Wholes(String name, List<Long> values) implements Attribute {}

    record Real(String name, float value) implements Attribute {}
  }

  /// An input of the graph, float32.
  public Value input(String name, long... shape) {
    return input(name, ElementType.FLOAT32, shape);
  }

  /// An input of the graph; a size of −1 is left open.
  public Value input(String name, ElementType type, long... shape) {
    graph.message(11, valueInfo(name, type, shape));
    return new Value(name);
  }

  /// Declares a value to be an output of the graph, float32, under a name of its own.
  public void output(String name, Value value, long... shape) {
    output(name, ElementType.FLOAT32, value, shape);
  }

  /// Declares a value to be an output of the graph; a size of −1 is left open.
  public void output(String name, ElementType type, Value value, long... shape) {
    graph.message(1, node("Identity", name, List.of(value)));
    graph.message(12, valueInfo(name, type, shape));
  }

  /// The same numbers in another type.
  public Value cast(Value value, ElementType type) {
    return op("Cast", List.of(value), new Attribute.Whole("to", type.number));
  }

  /// What the file's author says about it.
  public void metadata(String key, String value) {
    metadata.message(14, new Protobuf().text(1, key).text(2, value));
  }

  /// A float32 constant that lies in a file beside the graph's, from its first byte on.
  public Value floatsBeside(String location, long... shape) {
    Protobuf place = new Protobuf().text(1, "location").text(2, location);
    return constant(
        ElementType.FLOAT32.number, new Protobuf().message(13, place).number(14, 1), shape);
  }

  /// A float32 constant.
  public Value floats(float[] values, long... shape) {
    byte[] raw = new byte[values.length * Float.BYTES];
    littleEndian(raw).asFloatBuffer().put(values);
    return constant(ElementType.FLOAT32.number, raw, shape);
  }

  /// A single float32.
  public Value scalar(double value) {
    return floats(new float[] {(float) value});
  }

  /// A list of int64.
  public Value wholes(long... values) {
    return wholes(values, new long[] {values.length});
  }

  /// An int64 constant of any shape.
  public Value wholes(long[] values, long[] shape) {
    byte[] raw = new byte[values.length * Long.BYTES];
    littleEndian(raw).asLongBuffer().put(values);
    return constant(ElementType.INT64.number, raw, shape);
  }

  /// Any operator with one output.
  public Value op(String operator, List<Value> inputs, Attribute... attributes) {
    Value result = fresh();
    graph.message(1, node(operator, result.name(), inputs, attributes));
    return result;
  }

  public Value add(Value a, Value b) {
    return op("Add", List.of(a, b));
  }

  public Value sub(Value a, Value b) {
    return op("Sub", List.of(a, b));
  }

  public Value mul(Value a, Value b) {
    return op("Mul", List.of(a, b));
  }

  public Value mul(Value a, double b) {
    return mul(a, scalar(b));
  }

  public Value div(Value a, Value b) {
    return op("Div", List.of(a, b));
  }

  public Value matMul(Value a, Value b) {
    return op("MatMul", List.of(a, b));
  }

  /// Any operator with one input.
  public Value apply(String operator, Value a) {
    return op(operator, List.of(a));
  }

  public Value reshape(Value a, long... shape) {
    return op("Reshape", List.of(a, wholes(shape)));
  }

  public Value transpose(Value a, long... order) {
    return op(
        "Transpose",
        List.of(a),
        new Attribute.Wholes("perm", Arrays.stream(order).boxed().toList()));
  }

  public Value concat(int axis, Value... parts) {
    return op("Concat", Arrays.asList(parts), new Attribute.Whole("axis", axis));
  }

  public Value gather(Value table, Value indices, int axis) {
    return op("Gather", List.of(table, indices), new Attribute.Whole("axis", axis));
  }

  /// Elements `from` (included) to `to` (excluded) of an axis.
  public Value slice(Value a, int axis, long from, long to) {
    return op("Slice", List.of(a, wholes(from), wholes(to), wholes(axis)));
  }

  /// Zeros before and after, listed as all befores, then all afters.
  public Value pad(Value a, long... widths) {
    return op("Pad", List.of(a, wholes(widths)));
  }

  /// The finished file.
  ///
  /// @param description kept in the file
  public byte[] toBytes(String description) {
    graph.text(2, "stemfleet");
    Protobuf opset = new Protobuf().text(1, "").number(2, OPSET);
    return new Protobuf()
        .number(1, IR_VERSION)
        .text(2, "stemfleet")
        .text(6, description)
        .message(7, graph)
        .message(8, opset)
        .append(metadata)
        .toBytes();
  }

  private Value constant(int type, byte[] raw, long... shape) {
    return constant(type, new Protobuf().raw(9, raw), shape);
  }

  private Value constant(int type, Protobuf content, long... shape) {
    Value value = fresh();
    Protobuf tensor = new Protobuf();
    for (long size : shape) {
      tensor.number(1, size);
    }
    graph.message(5, tensor.number(2, type).text(8, value.name()).append(content));
    return value;
  }

  private Value fresh() {
    return new Value("v" + names++);
  }

  private static Protobuf node(
      String operator, String output, List<Value> inputs, Attribute... attributes) {
    Protobuf node = new Protobuf();
    inputs.forEach(input -> node.text(1, input.name()));
    node.text(2, output).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute(attribute));
    }
    return node;
  }

  private static Protobuf attribute(Attribute attribute) {
    Protobuf message = new Protobuf();
    return switch (attribute) {
      case Attribute.Whole(String name, long value) ->
          message.text(1, name).number(3, value).number(20, 2);
      case Attribute.Real(String name, float value) ->
          message.text(1, name).real(2, value).number(20, 1);
      case Attribute.Wholes(String name, List<Long> values) -> {
        message.text(1, name);
        for (long value : values) {
          message.number(8, value);
        }
        yield message.number(20, 7);
      }
    };
  }

  private static Protobuf valueInfo(String name, ElementType type, long... shape) {
    Protobuf dimensions = new Protobuf();
    for (int axis = 0; axis < shape.length; axis++) {
      Protobuf dimension = new Protobuf();
      dimensions.message(
          1, shape[axis] < 0 ? dimension.text(2, "free" + axis) : dimension.number(1, shape[axis]));
    }
    Protobuf tensor = new Protobuf().number(1, type.number).message(2, dimensions);
    return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
  }

  private static ByteBuffer littleEndian(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }
}
