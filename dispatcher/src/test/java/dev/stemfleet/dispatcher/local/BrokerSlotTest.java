package dev.stemfleet.dispatcher.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerSlotTest {
  @TempDir Path folder;

  @Test
  void twoAtOnceHaveFoldersOfTheirOwnAndTheFirstIsTakenAgain() throws IOException {
    StateFolder state = new StateFolder(folder);
    try (BrokerSlot first = BrokerSlot.take(state)) {
      try (BrokerSlot second = BrokerSlot.take(state)) {
        assertThat(second.folder()).isNotEqualTo(first.folder());
      }
    }
    try (BrokerSlot again = BrokerSlot.take(state)) {
      assertThat(again.folder()).isEqualTo(state.slot(1));
    }
    assertThat(BrokerSlot.running(state)).isEmpty();
  }

  @Test
  void aRunThatDidNotEndIsRemembered() throws IOException {
    StateFolder state = new StateFolder(folder);
    try (BrokerSlot slot = BrokerSlot.take(state)) {
      assertThat(slot.interrupted()).isFalse();
      slot.begin();
    }
    try (BrokerSlot slot = BrokerSlot.take(state)) {
      assertThat(slot.interrupted()).isTrue();
      slot.end();
      assertThat(slot.interrupted()).isFalse();
    }
  }

  @Test
  void theStateFolderIsWhereTheEnvironmentSays() {
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/var/state")).folder())
        .isEqualTo(Path.of("/var/state/stemfleet"));
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "not/absolute")).folder())
        .isAbsolute()
        .endsWith(Path.of("stemfleet"));
  }
}
