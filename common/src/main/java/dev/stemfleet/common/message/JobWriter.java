package dev.stemfleet.common.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Writes many jobs for the same few channels: the same bytes as [Wire#write], but what is alike in
/// many jobs, channels, tracks, models and times, is put into words only once. For one thread.
public final class JobWriter {
  private static final JsonMapper PARTS = Json.lenient();

  private final JsonMapper mapper =
      Json.lenient()
          .rebuild()
          .addModule(
              new SimpleModule()
                  .addSerializer(new All<>(Channel.class))
                  .addSerializer(new Latest<>(Track.class))
                  .addSerializer(new Latest<>(ModelRef.class))
                  .addSerializer(new Latest<>(Instant.class)))
          .build();

  /// The bytes of a job. Its channel object is remembered for as long as this writer lives.
  public byte[] write(Job job) {
    try {
      return mapper.writeValueAsBytes(job);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("job " + job.jobId(), e);
    }
  }

  /// Remembers every one. By identity: comparing two channels takes as long as writing one.
  private static final class All<T> extends StdSerializer<T> {
    private final transient IdentityHashMap<T, SerializedString> written = new IdentityHashMap<>();

    All(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T part, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(written.computeIfAbsent(part, JobWriter::text));
    }
  }

  /// Remembers the one before, by identity: jobs of a track come one after the other, and those of
  /// a submit share the rest.
  private static final class Latest<T> extends StdSerializer<T> {
    private transient @Nullable T latest;
    private transient SerializedString words = new SerializedString("");

    Latest(Class<T> type) {
      super(type);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public void serialize(T part, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (part != latest) {
        words = text(part);
        latest = part;
      }
      json.writeRawValue(words);
    }
  }

  private static SerializedString text(Object part) {
    try {
      return new SerializedString(PARTS.writeValueAsString(part));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(part.getClass().getSimpleName(), e);
    }
  }
}
