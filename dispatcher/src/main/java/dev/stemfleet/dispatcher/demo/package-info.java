/// The track that the project ships for `stemfleet demo`: a song and its cover, both computed.
///
/// Pure sums and pixels, the same bytes on every machine; writes two files where it is told. Uses
/// only Java. Called by `cli`.
@NullMarked
package dev.stemfleet.dispatcher.demo;

import org.jspecify.annotations.NullMarked;
