package dev.stemfleet.dispatcher.publish;

import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.kafka.KafkaClients;
import dev.stemfleet.common.message.Control;
import dev.stemfleet.common.message.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Tells all workers what people ask of jobs. Stateless.
public final class ControlSender {
  private ControlSender() {}

  /// Sends and waits until all of it is stored.
  ///
  /// @throws JobException `BROKER_UNREACHABLE` if it could not be sent
  public static void send(KafkaClients clients, List<Control> controls) {
    String topic = clients.settings().topics().control();
    try (Producer<String, byte[]> producer = clients.producer()) {
      List<Future<?>> sent = new ArrayList<>();
      for (Control control : controls) {
        sent.add(producer.send(new ProducerRecord<>(topic, control.target(), Wire.write(control))));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw TrackSender.notSent(e);
    } catch (ExecutionException | KafkaException e) {
      throw TrackSender.notSent(e);
    }
  }
}
