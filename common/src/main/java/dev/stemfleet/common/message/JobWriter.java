package dev.stemfleet.common.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;

/// Writes many jobs for the same few channels: the same bytes as [Wire#write], but channels and
/// tracks, the largest parts of a job, are put into words only once. For one thread.
public final class JobWriter {
  private final JsonMapper mapper =
      Json.lenient()
          .rebuild()
          .addModule(
              new SimpleModule().addSerializer(new Channels()).addSerializer(new LatestTrack()))
          .build();

  /// The bytes of a job. Its channel object is remembered for as long as this writer lives.
  public byte[] write(Job job) {
    try {
      return mapper.writeValueAsBytes(job);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("job " + job.jobId(), e);
    }
  }

  private static final class Channels extends StdSerializer<Channel> {
    /// By identity: comparing two channels takes as long as writing one.
    private final transient IdentityHashMap<Channel, SerializedString> written =
        new IdentityHashMap<>();

    Channels() {
      super(Channel.class);
    }

    @Override
    public void serialize(Channel channel, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(written.computeIfAbsent(channel, JobWriter::text));
    }
  }

  /// Jobs of a track come one after the other.
  private static final class LatestTrack extends StdSerializer<Track> {
    private final transient IdentityHashMap<Track, SerializedString> written =
        new IdentityHashMap<>();

    LatestTrack() {
      super(Track.class);
    }

    @Override
    public void serialize(Track track, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (!written.containsKey(track)) {
        written.clear();
      }
      json.writeRawValue(written.computeIfAbsent(track, JobWriter::text));
    }
  }

  private static SerializedString text(Record part) {
    return new SerializedString(new String(Wire.write(part), StandardCharsets.UTF_8));
  }
}
