package dev.stemfleet.dispatcher.bench;

import dev.stemfleet.common.bench.BenchFailure;
import dev.stemfleet.common.domain.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;

/// The jobs topic as it lies on the broker's disk: only there can producer batches be told apart.
///
/// @param batchesNotOneTrack producer batches that are not all jobs of one track, in order
/// @param farthestOvertaking by how many places a track is ahead of where it was submitted
record JobsLog(int tracks, int batchesNotOneTrack, int farthestOvertaking) {

  /// Reads the log of one submit back.
  ///
  /// @param batch name of the batch
  /// @throws BenchFailure if a job is missing, there twice or another one
  static JobsLog read(List<Path> files, String batch, int tracks) throws IOException {
    boolean[] seen = new boolean[tracks];
    int found = 0;
    int notOneTrack = 0;
    int farthest = 0;
    for (Path file : files) {
      try (FileRecords log = FileRecords.open(file.toFile())) {
        for (FileChannelRecordBatch records : log.batches()) {
          int track = trackOf(records, batch);
          if (track < 0) {
            notOneTrack++;
            continue;
          }
          if (track >= tracks || seen[track]) {
            throw new BenchFailure("track " + track + " was not submitted, or is there twice");
          }
          seen[track] = true;
          farthest = Math.max(farthest, track - found);
          found++;
        }
      }
    }
    if (found != tracks && notOneTrack == 0) {
      throw new BenchFailure("only " + found + " of " + tracks + " tracks are on the topic");
    }
    return new JobsLog(found, notOneTrack, farthest);
  }

  /// @return the place of the track whose jobs these are, -1 if they are not exactly one track's
  private static int trackOf(FileChannelRecordBatch records, String batch) {
    int job = 0;
    String id = "";
    for (Record record : records) {
      String key = text(record.key());
      if (job == 0) {
        id = key;
      }
      boolean fits = job < BenchChannels.KEYS.size() && key.equals(id);
      if (!fits || !isJob(record, Identity.jobId(batch, id, BenchChannels.KEYS.get(job)))) {
        return -1;
      }
      job++;
    }
    return job == BenchChannels.KEYS.size() ? Integer.parseInt(id.replaceFirst("\\D+", "")) : -1;
  }

  private static boolean isJob(Record record, String jobId) {
    return text(record.value()).contains("\"jobId\":\"" + jobId + "\"");
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
