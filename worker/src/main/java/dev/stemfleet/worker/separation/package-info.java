/// A mix becomes stems: cut into segments, run through a network, joined, turned into the stems
/// that channels publish. Also the store of finished stems on this worker's disk, and the measures
/// of how good a separation is.
///
/// May use `common` only. Where the mix comes from, what runs the network and who takes the stems
/// is behind [MixSource], [SegmentModel] and [StemSink]; the job wires them. Memory is bounded by a
/// few segments, whatever the length of the track.
@NullMarked
package dev.stemfleet.worker.separation;

import org.jspecify.annotations.NullMarked;
