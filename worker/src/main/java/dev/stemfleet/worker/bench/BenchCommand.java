package dev.stemfleet.worker.bench;

import picocli.CommandLine.Command;

/// `stemfleet-worker bench NAME`, called by `stemfleet bench NAME`.
@Command(
    name = "bench",
    description = "Measures the worker.",
    subcommands = {SessionCommand.class})
public final class BenchCommand {}
