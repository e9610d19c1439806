package dev.stemfleet.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.common.domain.Box;
import dev.stemfleet.common.domain.QueueMode;
import dev.stemfleet.common.kafka.KafkaSettings;
import dev.stemfleet.common.kafka.Role;
import dev.stemfleet.fixture.GeneratedFile;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The reference pages say what the code says: some are made from it, the tables of others are
/// compared with it.
final class ReferenceTest {
  private static final String FLEET_FILE = "dev.stemfleet.common.config.FleetFile";
  private static final String CHANNEL_FILE = "dev.stemfleet.common.catalog.ChannelFile";

  private final Program program = new Program();

  @Test
  void thePageOfCommandsIsUpToDate() throws IOException {
    GeneratedFile.check("commands.md", program.page());
  }

  @Test
  void theTableOfMetersIsUpToDate() throws IOException {
    GeneratedFile.check("metrics.md", MetersPage.text());
  }

  @Test
  void theTableOfRightsIsUpToDate() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Rights

            What each role needs of a Kafka that denies everything else. With another prefix than
            `stemfleet.`, the names begin with that.

            | role | who | kind | name | operations |
            |---|---|---|---|---|
            """);
    KafkaSettings share = KafkaSettings.of("localhost:1");
    addRights(page, share);
    page.append(
        """

        ## In a fleet of mode `group`

        | role | who | kind | name | operations |
        |---|---|---|---|---|
        """);
    addRights(page, share.withQueue(QueueMode.GROUP));

    GeneratedFile.check("rights.md", page.toString());
  }

  private static void addRights(StringBuilder page, KafkaSettings names) {
    for (Role role : Role.values()) {
      role.onTopics(names).forEach((name, all) -> addRights(page, role, "topic", name, all));
      addRights(page, role, "group", names.group(), role.onGroup(names.queue()));
      addRights(
          page,
          role,
          "transactional id",
          names.transactions() + "*",
          role.onTransactions(names.queue()));
      addRights(page, role, "cluster", "kafka-cluster", role.onCluster());
    }
  }

  private static void addRights(
      StringBuilder page, Role role, String kind, String name, Set<?> operations) {
    if (operations.isEmpty()) {
      return;
    }
    page.append(
        "| `%s` | %s | %s | `%s` | %s |\n"
            .formatted(
                role.name().toLowerCase(Locale.ROOT),
                role.commands(),
                kind,
                name,
                operations.stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }

  @Test
  void theTableOfSettingsHasEveryKeyOfTheFileWithItsVariableAndFlag() throws Exception {
    List<List<String>> rows =
        Page.of("docs/reference/settings.md").rowsBelow("## What a fleet must agree on");

    assertThat(rows)
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(keys(FLEET_FILE).map(c -> quoted(c)).toList());
    for (List<String> row : rows) {
      assertThat(row.get(1)).isEqualTo(quoted("STEMFLEET_" + capitals(unquoted(row.get(0)))));
      if (!row.get(2).equals("none")) {
        assertThat(program.optionsOf("submit")).contains(unquoted(row.get(2)));
      }
    }
  }

  @Test
  void theTableOfWorkerFlagsHasEveryFlagThatOnlyAWorkerHas() throws IOException {
    List<String> flags =
        Page.of("docs/reference/settings.md").rowsBelow("## Of one worker").stream()
            .map(row -> unquoted(row.get(0)))
            .toList();

    assertThat(flags).doesNotHaveDuplicates().containsAll(WorkerFlags.own());
    assertThat(WorkerFlags.names()).containsAll(flags);
  }

  @Test
  void theTableOfChannelKeysHasEveryKeyOfTheFile() throws Exception {
    List<String> keys =
        Page.of("docs/reference/channels.md").rowsBelow("# Channel files").stream()
            .map(row -> unquoted(row.get(0)))
            .toList();

    List<String> wanted = new ArrayList<>();
    addKeys("", Class.forName(CHANNEL_FILE), wanted);
    assertThat(keys).containsExactlyInAnyOrderElementsOf(wanted);
  }

  private static void addKeys(String prefix, Class<?> type, List<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(prefix + component.getName());
      Class<?> inside = component.getType();
      if (inside.isRecord() && !inside.equals(Box.class)) {
        addKeys(prefix + component.getName() + ".", inside, keys);
      }
    }
  }

  /// Components, and `outer.inner` of those that are records of the same file.
  private static Stream<String> keys(String record) throws ClassNotFoundException {
    Class<?> file = Class.forName(record);
    return Arrays.stream(file.getRecordComponents())
        .flatMap(
            outer ->
                file.equals(outer.getType().getEnclosingClass())
                    ? Arrays.stream(outer.getType().getRecordComponents())
                        .map(inner -> outer.getName() + "." + inner.getName())
                    : Stream.of(outer.getName()));
  }

  private static String capitals(String key) {
    return key.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String quoted(String text) {
    return "`" + text + "`";
  }

  private static String unquoted(String cell) {
    return cell.replace("`", "");
  }
}
