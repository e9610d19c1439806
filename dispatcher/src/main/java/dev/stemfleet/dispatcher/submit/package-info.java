/// From what people name (files, folders, playlists, job files) to jobs that are sent.
///
/// May use `common`, `plan`, `script` and `publish`. Called by `cli` and `local`, through
/// [Submission].
@NullMarked
package dev.stemfleet.dispatcher.submit;

import org.jspecify.annotations.NullMarked;
