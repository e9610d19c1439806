/// Sound as spectra and back: short-time Fourier transforms as separation models were trained with
/// them, exact to what single precision holds.
///
/// May use `common`; the only room besides sound and video that uses FFmpeg, for its transforms
/// ([RealFft]). Knows nothing of models; whoever needs a spectrum calls it.
@NullMarked
package dev.stemfleet.worker.spectrum;

import org.jspecify.annotations.NullMarked;
