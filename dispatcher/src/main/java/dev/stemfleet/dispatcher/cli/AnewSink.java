package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.dispatcher.plan.TrackPlan;
import dev.stemfleet.dispatcher.submit.JobSink;

/// A sink for jobs whose outputs are wanted anew though they are there.
///
/// @param sink where they go; closed with this
record AnewSink(JobSink sink) implements JobSink {
  @Override
  public void keep(AssetRef asset, byte[] bytes) {
    sink.keep(asset, bytes);
  }

  @Override
  public void send(TrackPlan track) {
    sink.send(
        new TrackPlan(
            track.track(),
            track.jobs().stream()
                .map(job -> job.inRun(job.run(), job.submittedAt(), true))
                .toList()));
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public int unconfirmed() {
    return sink.unconfirmed();
  }

  @Override
  public void close() {
    sink.close();
  }
}
