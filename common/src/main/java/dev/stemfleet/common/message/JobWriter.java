package dev.stemfleet.common.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Writes many jobs for the same few channels: the same bytes as [Wire#write], but field by field,
/// and what is alike in many jobs is put into words only once. For one thread.
public final class JobWriter {
  private static final JsonMapper MAPPER = Json.lenient();
  private static final int USUAL_BYTES = 8 << 10;

  /// By identity: comparing two channels takes as long as writing one.
  private final IdentityHashMap<Channel, SerializedString> channels = new IdentityHashMap<>();

  private final Latest submittedAt = new Latest("submittedAt");
  private final Latest track = new Latest("track");
  private final Latest model = new Latest("model");
  private final Latest products = new Latest("products");
  private final Latest publishAt = new Latest("publishAt");
  private final Latest warnings = new Latest("warnings");
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);

  /// The bytes of a job. Its channel object is remembered for as long as this writer lives.
  public byte[] write(Job job) {
    bytes.reset();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("schema", job.schema());
      json.writeStringField("jobId", job.jobId());
      json.writeStringField("batch", job.batch());
      json.writeStringField("run", job.run());
      submittedAt.write(job.submittedAt(), json);
      track.write(job.track(), json);
      json.writeFieldName("channel");
      json.writeRawValue(channels.computeIfAbsent(job.channel(), JobWriter::text));
      model.write(job.model(), json);
      products.write(job.products(), json);
      publishAt.write(job.publishAt(), json);
      json.writeStringField("directory", job.directory());
      warnings.write(job.warnings(), json);
      Boolean rerender = job.rerender();
      if (rerender != null) {
        json.writeBooleanField("rerender", rerender);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("job " + job.jobId(), e);
    }
    return bytes.toByteArray();
  }

  /// A field that mostly has the same value as in the job before: jobs of a track come one after
  /// the other, and those of a submit share the rest. By identity, too.
  private static final class Latest {
    private final SerializedString name;
    private @Nullable Object value;
    private SerializedString words = new SerializedString("");

    Latest(String name) {
      this.name = new SerializedString(name);
    }

    /// What is null is left out.
    @SuppressWarnings("ReferenceEquality")
    void write(@Nullable Object now, JsonGenerator json) throws IOException {
      if (now == null) {
        return;
      }
      if (now != value) {
        words = text(now);
        value = now;
      }
      json.writeFieldName(name);
      json.writeRawValue(words);
    }
  }

  private static SerializedString text(Object part) {
    try {
      return new SerializedString(MAPPER.writeValueAsString(part));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(part.getClass().getSimpleName(), e);
    }
  }
}
