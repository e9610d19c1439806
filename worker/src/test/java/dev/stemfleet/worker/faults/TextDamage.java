package dev.stemfleet.worker.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Makes a hostile text of a good one: JSON that is changed field by field, and what no parser
/// should be fed with. As YAML is a superset, the same goes for YAML files.
final class TextDamage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1",
          "1e999",
          "1e308",
          "-1e308",
          "NaN",
          "9".repeat(400),
          "2147483648",
          "9223372036854775808",
          "0.1e-400",
          "\"\"",
          "\" \"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"a\": null}",
          "\"../../../../etc/passwd\"",
          "\"/etc/passwd\"",
          "\"a\\u0000b\"",
          "\"a\\nb\"",
          "\"\\u001b[2J\\u001b]0;x\\u0007\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "\"file:///etc/passwd\"",
          "\"file://music/../../etc/passwd\"",
          "\"file://music/%2e%2e/%2e%2e/etc/passwd\"",
          "\"file://music/a%00b\"",
          "\"http://169.254.169.254/latest\"",
          "\"http://[::1]:1/a\"",
          "\"http://me:pw@h/a\"",
          "\"concat:a|b\"",
          "\"9999-99-99T99:99:99Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"2026-05-01T12:00:00Z\"",
          "\"01900000-0000-7000-8000-000000000000\"",
          "\"{title}{title}{\"",
          "\"${jndi:ldap://x}\"",
          "\"2.0\"",
          "\"1.999999999999\"",
          "\"-1.0\"",
          "\"succeeded\"",
          "\"video\"");
  private static final List<String> BOMBS =
      List.of(
          "[".repeat(100_000),
          "{\"a\":".repeat(100_000),
          "\"" + "x".repeat(300_000) + "\"",
          """
          a: &a [x,x,x,x,x,x,x,x,x]
          b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
          c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
          d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
          e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
          f: [*e,*e,*e,*e,*e,*e,*e,*e,*e]
          """,
          "&a [*a]",
          "a: &a\n  <<: *a\n",
          "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
          "- ".repeat(50_000),
          "? ".repeat(50_000),
          "{? {? {? {? {? {? a : b} : c} : d} : e} : f} : g}",
          "%YAML 9.9\n---\n...",
          "\u0000\u0001\u0002",
          "\ufeff{}",
          "");

  private final SplittableRandom random;

  TextDamage(SplittableRandom random) {
    this.random = random;
  }

  byte[] of(byte[] whole) {
    return switch (random.nextInt(10)) {
      case 0 -> bomb(whole);
      case 1 -> new Damage(random).of(whole, whole);
      default -> changed(whole);
    };
  }

  private byte[] bomb(byte[] whole) {
    String bomb = BOMBS.get(random.nextInt(BOMBS.size()));
    String text = new String(whole, StandardCharsets.UTF_8);
    return bytes(
        switch (random.nextInt(3)) {
          case 0 -> bomb;
          case 1 -> bomb + "\n" + text;
          default -> text + "\n" + bomb;
        });
  }

  private byte[] changed(byte[] whole) {
    try {
      JsonNode tree = JSON.readTree(whole);
      List<String> marks = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        change(tree, marks);
      }
      String text = JSON.writeValueAsString(tree);
      for (int i = 0; i < marks.size(); i++) {
        // Values that no tree can hold, such as 1e999.
        text = text.replace("\"@" + i + "@\"", marks.get(i));
      }
      return bytes(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void change(JsonNode tree, List<String> marks) {
    List<ObjectNode> groups = new ArrayList<>();
    List<ArrayNode> lists = new ArrayList<>();
    collect(tree, groups, lists);
    if (!lists.isEmpty() && random.nextInt(4) == 0) {
      ArrayNode list = lists.get(random.nextInt(lists.size()));
      list.insert(random.nextInt(list.size() + 1), mark(marks));
      return;
    }
    if (groups.isEmpty()) {
      return;
    }
    ObjectNode group = groups.get(random.nextInt(groups.size()));
    List<String> names = new ArrayList<>();
    group.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(8)) {
      case 0 -> group.remove(name);
      case 1 -> group.set(name + "\u200b", group.remove(name));
      case 2 -> group.put(name, "x".repeat(1 << random.nextInt(17)));
      case 3 -> group.set(name, group.deepCopy());
      default -> group.put(name, mark(marks));
    }
  }

  private String mark(List<String> marks) {
    marks.add(VALUES.get(random.nextInt(VALUES.size())));
    return "@" + (marks.size() - 1) + "@";
  }

  private static void collect(JsonNode node, List<ObjectNode> groups, List<ArrayNode> lists) {
    if (node instanceof ObjectNode group) {
      groups.add(group);
    } else if (node instanceof ArrayNode list) {
      lists.add(list);
    }
    node.forEach(child -> collect(child, groups, lists));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
