/// Finds what a job is made from: its sound below a root, on the web or in the object store, its
/// pictures by digest.
///
/// Reads only, but for downloads into the job's work folder. May use `common`; called by `job`.
@NullMarked
package dev.stemfleet.worker.source;

import org.jspecify.annotations.NullMarked;
