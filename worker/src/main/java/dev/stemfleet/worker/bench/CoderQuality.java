package dev.stemfleet.worker.bench;

/// How near coded sound comes to the original.
///
/// @param meanNmrDb noise over what is masked, as the mean of all windows and views; below 0 it is
///   on the whole not heard
/// @param worstNmrDb the same of the worst band of a window; one window and view in a hundred is
///   worse
/// @param snrDb sound over noise, mean of all blocks of 2048 samples that are not silent
/// @param preEchoDb noise of the 5 ms before attacks over the sound of the 5 ms after, mean of all
///   attacks; not a number if there are none
record CoderQuality(double meanNmrDb, double worstNmrDb, double snrDb, double preEchoDb) {}
