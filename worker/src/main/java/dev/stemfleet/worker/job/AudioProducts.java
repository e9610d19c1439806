package dev.stemfleet.worker.job;

import dev.stemfleet.common.domain.AssetRef;
import dev.stemfleet.common.domain.FileNames;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Track;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.media.Cover;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.OutputFile;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.worker.audio.AudioTags;
import dev.stemfleet.worker.audio.TaggedCopy;
import dev.stemfleet.worker.place.Manifest;
import dev.stemfleet.worker.place.Placement;
import dev.stemfleet.worker.place.WorkFolder;
import dev.stemfleet.worker.source.Assets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The audio files of a track, which lie once per batch and track, whatever the number of channels:
/// the first channel's job places them, the others find them. Channels that want another loudness
/// or other stems get a folder of their own, for theirs are other files. Thread-safe.
final class AudioProducts {
  private final Placement placement;
  private final Assets assets;

  AudioProducts(Placement placement, Assets assets) {
    this.placement = placement;
    this.assets = assets;
  }

  /// Places the files unless they are in place already.
  ///
  /// @return how a result names them; empty when none were asked for
  List<OutputFile> place(Job job, StemAudio stems, WorkFolder work) {
    if (stems.facts().products().isEmpty()) {
      return List.of();
    }
    String owner = owner(job);
    String spec = spec(job, stems);
    String directory = FileNames.safe(job.batch()) + "/Audio/" + Naming.folder(job.track());
    String trackId = job.track().id();
    Placement.Placed placed =
        placement
            .finished(owner, spec, directory, trackId)
            .orElseGet(
                () -> {
                  JobOutputs outputs = copies(job, stems, work.folder("audio"));
                  return placement.place(
                      outputs.folder(),
                      owner,
                      spec,
                      outputs.entries(),
                      directory,
                      trackId,
                      d -> null);
                });
    return named(job, stems, placed);
  }

  private JobOutputs copies(Job job, StemAudio stems, Path folder) {
    JobOutputs outputs = new JobOutputs(folder);
    Cover cover = cover(job.track());
    for (StemAudio.AudioFile file : stems.facts().products()) {
      String name = name(job.track(), file);
      TaggedCopy copy =
          TaggedCopy.write(
              fileOf(stems, file),
              StemEncodings.format(file.product()),
              tags(job, file, cover),
              outputs.file(name));
      outputs.add(name, file.stem(), file.product(), copy.bytes(), copy.sha256(), file.seconds());
    }
    return outputs;
  }

  private List<OutputFile> named(Job job, StemAudio stems, Placement.Placed placed) {
    return stems.facts().products().stream()
        .map(
            file -> {
              String name = name(job.track(), file);
              Manifest.Entry entry =
                  placed.manifest().files().stream()
                      .filter(known -> known.name().equals(name))
                      .findFirst()
                      .orElseThrow();
              return new OutputFile(
                  placed.directory() + "/" + name,
                  file.stem(),
                  file.product(),
                  entry.bytes(),
                  entry.sha256(),
                  file.seconds());
            })
        .toList();
  }

  private static AudioTags tags(Job job, StemAudio.AudioFile file, @Nullable Cover cover) {
    Track track = job.track();
    Double bpm = track.bpm();
    return new AudioTags(
        Naming.audioTitle(track, file.stem()),
        track.artist(),
        track.title(),
        track.genre(),
        bpm == null ? null : Naming.bpmInName(bpm),
        track.key(),
        cover);
  }

  private @Nullable Cover cover(Track track) {
    AssetRef thumbnail = track.thumbnail();
    if (thumbnail == null) {
      return null;
    }
    try {
      byte[] bytes = Files.readAllBytes(assets.locate(thumbnail));
      String type = URLConnection.guessContentTypeFromStream(new ByteArrayInputStream(bytes));
      return new Cover(bytes, type == null ? "application/octet-stream" : type);
    } catch (IOException e) {
      throw new JobException(
          FailureCode.SOURCE_UNREACHABLE, "cannot read the cover " + thumbnail.name(), e);
    }
  }

  private static Path fileOf(StemAudio stems, StemAudio.AudioFile file) {
    Path sibling = Objects.requireNonNull(stems.stems().get(file.stem())).file();
    Path found = sibling.resolveSibling(file.name());
    if (!Files.exists(found)) {
      throw new IllegalStateException("the stem store lost " + found);
    }
    return found;
  }

  private static String name(Track track, StemAudio.AudioFile file) {
    return Naming.audioTitle(track, file.stem()) + "." + file.product().extension();
  }

  private static String owner(Job job) {
    return new Fingerprint("audio")
        .with("batch", job.batch())
        .with("track", job.track().id())
        .with("loudness", job.channel().loudness())
        .with("stems", new TreeSet<>(job.channel().stems()))
        .hex()
        .substring(0, 16);
  }

  private static String spec(Job job, StemAudio stems) {
    Track track = job.track();
    Fingerprint spec =
        new Fingerprint("audio products")
            .with("format", Spec.FORMAT_VERSION)
            .with("names", Naming.folder(track))
            .with("genre", String.valueOf(track.genre()))
            .with("key", String.valueOf(track.key()))
            .with("bpm", String.valueOf(track.bpm()))
            .with("artist", track.artist())
            .with("title", track.title())
            .with("cover", track.thumbnail() == null ? "" : track.thumbnail().sha256());
    stems.facts().products().forEach(file -> spec.with(file.name(), file.sha256()));
    return spec.hex();
  }
}
