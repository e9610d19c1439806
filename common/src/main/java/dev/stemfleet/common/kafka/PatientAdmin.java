package dev.stemfleet.common.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.ForwardingAdmin;

/// An admin client whose close ends in time. The plain one waits without limit for an answer of
/// whatever accepted the connection, so that a hung broker would hang `doctor` and every start.
final class PatientAdmin extends ForwardingAdmin {
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  PatientAdmin(Map<String, Object> properties) {
    super(properties);
  }

  @Override
  public void close(Duration timeout) {
    super.close(timeout.compareTo(CLOSE_TIME) < 0 ? timeout : CLOSE_TIME);
  }
}
