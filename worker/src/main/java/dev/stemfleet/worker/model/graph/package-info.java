/// Writes ONNX files, and with it networks that stand in for those of speech models: their answers
/// are known, their tensors are the true ones. Tests and benches load them; no job does.
@NullMarked
package dev.stemfleet.worker.model.graph;

import org.jspecify.annotations.NullMarked;
