/// The whole fleet under test: a real broker, the real command line, workers in processes of their
/// own, and outputs that are probed with FFmpeg's own programs.
package dev.stemfleet.worker.fleet;
