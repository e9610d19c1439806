/// Where outputs are made and how they get to their place: work folders, manifests, the one move,
/// or the uploads to an object store.
///
/// The only room that writes below the output root. May use `common`; called by `job` and `Worker`.
@NullMarked
package dev.stemfleet.worker.place;

import org.jspecify.annotations.NullMarked;
