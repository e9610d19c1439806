package dev.stemfleet.worker.job;

import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.speech.SpeakerOrder;
import dev.stemfleet.common.domain.speech.Speech;
import dev.stemfleet.common.domain.speech.SpeechFamily;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import dev.stemfleet.common.message.Job;
import dev.stemfleet.common.message.Spec;
import dev.stemfleet.worker.job.SpeechModels.HeldEngine;
import dev.stemfleet.worker.job.SpeechModels.HeldRecogniser;
import dev.stemfleet.worker.place.Takes;
import dev.stemfleet.worker.separation.StemStore;
import dev.stemfleet.worker.source.Assets;
import dev.stemfleet.worker.speech.Narrator;
import dev.stemfleet.worker.speech.Recogniser;
import dev.stemfleet.worker.speech.Script;
import dev.stemfleet.worker.speech.TakeStore;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Speaks scripts by resident models: the narration is found in the store of stems, or spoken, put
/// together and encoded. Used by the device thread.
public final class ResidentSpeech {
  private final KnownModels known;
  private final SpeechModels models;
  private final StemStore store;
  private final Takes takes;
  private final Assets assets;
  private final Executor pool;

  /// @param takes of scripts that are not done
  /// @param assets finds recordings of voices
  /// @param pool ends files
  public ResidentSpeech(
      KnownModels known,
      SpeechModels models,
      StemStore store,
      Takes takes,
      Assets assets,
      Executor pool) {
    this.known = known;
    this.models = models;
    this.store = store;
    this.takes = takes;
    this.assets = assets;
    this.pool = pool;
  }

  /// The narration that a job wants; the caller closes it. What speaks is loaded only if something
  /// has to be spoken.
  ///
  /// @param text the script's file
  StemAudio stems(JobContext context, Path text) {
    Job job = context.job();
    Speech speech = Objects.requireNonNull(job.track().speech(), "a script");
    CatalogSpeech model = known.requireSpeech(job.model());
    Script script = Script.of(job.track().sha256(), ScriptFile.text(text), speech, job.model());
    requireSpeakable(script, model);
    if (model.spec().family() == SpeechFamily.DEMONSTRATION) {
      context.warn("Spoken by the demonstration voice, which is no trained model.");
    }
    if (!model.spec().family().unused().isEmpty()) {
      context.warn(
          "model %s has no use for %s; they were left out"
              .formatted(model.id(), String.join(", ", model.spec().family().unused())));
    }
    try (NeededEngine needed = new NeededEngine(models, model, assets)) {
      StemStore.Held made =
          store.holdOrMake(key(job), folder -> made(context, script, needed, folder));
      try {
        if (!made.hit()) {
          // Only now is the narration where it is found again.
          takes.finished(script.key());
        }
        return audio(made, needed);
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    } catch (JobException e) {
      if (e.code() == FailureCode.DEVICE_OUT_OF_MEMORY) {
        // The next try finds more room.
        models.closeIdle();
      }
      throw e;
    }
  }

  private static void requireSpeakable(Script script, CatalogSpeech model) {
    if (script.chunks().isEmpty()) {
      throw new JobException(FailureCode.SCRIPT_UNUSABLE, "the script has no text");
    }
    String language = script.speech().language();
    if (!model.spec().family().speaks(language)) {
      throw new JobException(
          FailureCode.SCRIPT_UNUSABLE,
          "model %s does not speak '%s'; it speaks %s"
              .formatted(
                  model.id(), language, String.join(", ", model.spec().family().languages())));
    }
  }

  private StemStore.Made made(JobContext context, Script script, NeededEngine needed, Path folder) {
    return context.run(
        Stage.SPEAK,
        progress -> {
          try (Takes.Folder kept = takes.open(script.key());
              Listening listening = listening(script.speech())) {
            Narrator narrator =
                new Narrator(script, needed, new Kept(kept), listening.recogniser());
            Set<Product> products = products(context.job());
            StemStore.Made made =
                new NarrationMaking(folder, products, script, narrator, pool)
                    .make(context.whileHeld(progress));
            return needed.resident().map(by -> StemAudio.by(by.facts(), made)).orElse(made);
          }
        });
  }

  private Listening listening(Speech speech) {
    ModelRef wanted = speech.recogniser();
    return new Listening(wanted == null ? null : models.hold(known.requireRecogniser(wanted)));
  }

  private static StemAudio audio(StemStore.Held made, NeededEngine needed) {
    Optional<HeldEngine> engine = needed.resident();
    engine.ifPresent(HeldEngine::serveJob);
    // Whoever found all that was spoken has no model to tell of.
    return StemAudio.of(
        made, engine.map(HeldEngine::facts).or(() -> StemAudio.maker(made)).orElse(null));
  }

  private static Set<Product> products(Job job) {
    Set<Product> products = EnumSet.copyOf(job.products());
    products.remove(Product.VIDEO);
    return products;
  }

  /// Everything that reaches the samples and bytes of a script's narration.
  private static String key(Job job) {
    Speech speech = Objects.requireNonNull(job.track().speech(), "a script");
    Fingerprint all =
        new Fingerprint("narration")
            .with("format", Spec.FORMAT_VERSION)
            .with("text", job.track().sha256())
            .with("model", job.model())
            .with("language", speech.language())
            .with("default", speech.defaultSpeaker())
            .with("chunks", speech.chunks())
            .with("pauses", speech.pauses())
            .with("levelling", speech.levelling())
            .with("thresholds", speech.thresholds())
            .with("recogniser", String.valueOf(speech.recogniser()))
            .with("products", new TreeSet<>(products(job)))
            .with("coder", StemEncodings.FOR_VIDEO.settings());
    for (SpeakerOrder speaker : speech.speakers()) {
      all.with("speaker", speaker.id())
          .with("recording", speaker.recording() == null ? "" : speaker.recording().sha256())
          .with("candidates", speaker.candidates());
    }
    return all.hex();
  }

  /// What listens, if anything does.
  private record Listening(@Nullable HeldRecogniser held) implements AutoCloseable {
    @Nullable Recogniser recogniser() {
      return held == null ? null : held.recogniser();
    }

    @Override
    public void close() {
      if (held != null) {
        held.close();
      }
    }
  }

  /// The script's folder as the narrator wants it.
  private record Kept(Takes.Folder folder) implements TakeStore {
    @Override
    public Optional<byte[]> read(String name) {
      return folder.read(name);
    }

    @Override
    public void write(String name, byte[] bytes) {
      folder.write(name, bytes);
    }
  }
}
