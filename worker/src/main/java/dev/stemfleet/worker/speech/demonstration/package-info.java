/// The demonstration voice: a small formant synthesiser that needs no weights. It reads any text by
/// its letters, so that the whole way from script to video can be heard and tested; it is no match
/// for a speech model and says so.
///
/// [Reading] turns text into [Phone]s, [Melody] gives them time and pitch, [Throat] makes them
/// sound.
@NullMarked
package dev.stemfleet.worker.speech.demonstration;

import org.jspecify.annotations.NullMarked;
