package dev.stemfleet.common.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;

/// Reads times of this age. Those at the ends of all time, which only attackers write, cannot even
/// be subtracted from each other in milliseconds.
final class TimeReader extends StdDeserializer<Instant> {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  TimeReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
    Instant time = InstantDeserializer.INSTANT.deserialize(json, context);
    if (time == null || time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw JsonMappingException.from(json, "must be a time between 1970 and 9999");
    }
    return time;
  }
}
