/// Writes ONNX files: the built-in separator (from here it gets into `assets/models/`) and stubs
/// with a known answer. Not needed at run time, so not in the jar.
package dev.stemfleet.worker.model.graph;
