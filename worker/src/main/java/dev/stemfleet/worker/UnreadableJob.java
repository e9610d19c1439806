package dev.stemfleet.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stemfleet.common.json.Json;
import dev.stemfleet.common.message.Attempt;
import dev.stemfleet.common.message.Failure;
import dev.stemfleet.common.message.Result;
import dev.stemfleet.common.message.ResultHead;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/// A message that is no job of this version, and what can still be seen of whose it is: whoever
/// submitted a job of a newer version waits for the result of that job, not for one without a name.
record UnreadableJob(JsonNode tree) {
  private static final JsonMapper MAPPER = Json.lenient();
  private static final int MOST_CHARACTERS = 1000;

  /// Never fails: of what is no JSON nothing is seen.
  static UnreadableJob in(byte[] message) {
    try {
      return new UnreadableJob(MAPPER.readTree(message));
    } catch (IOException e) {
      return new UnreadableJob(MissingNode.getInstance());
    }
  }

  /// The result under the job's own id and run, else under one made of its place on the topic.
  ///
  /// @param key of the message
  /// @param place of the message
  Result failed(String key, String place, String worker, Failure failure, Instant now) {
    String id = text("/jobId");
    boolean known = id.matches("[0-9a-f]{16}");
    String track = text("/track/id");
    var head =
        new ResultHead(
            known ? id : "unreadable-" + place,
            text("/run"),
            text("/batch"),
            "",
            track.isEmpty() ? shortened(key) : track,
            text("/track/artist"),
            text("/track/title"),
            text("/channel/key"),
            submittedAt(now));
    return head.failed(new Attempt(worker, 1, now, List.of(), Map.of()), failure);
  }

  private Instant submittedAt(Instant unknown) {
    try {
      return Instant.parse(text("/submittedAt"));
    } catch (DateTimeParseException e) {
      return unknown;
    }
  }

  /// What is no job may have names of any length; the result must fit on its topic.
  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }

  private String text(String pointer) {
    JsonNode value = tree.at(pointer);
    return value.isTextual() ? shortened(value.textValue()) : "";
  }
}
