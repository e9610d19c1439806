package dev.stemfleet.worker.bench;

import picocli.CommandLine.Command;

/// `stemfleet-worker bench NAME`, called by `stemfleet bench NAME`.
@Command(
    name = "bench",
    description = "Measures the worker.",
    subcommands = {
      StillVideoBench.class,
      AnimatedBench.class,
      ChannelsBench.class,
      ExtraChannelBench.class,
      SeparateBench.class,
      FirstVideoBench.class,
      CoderBench.class,
      SpeechBench.class,
      SessionCommand.class,
    })
public final class BenchCommand {}
