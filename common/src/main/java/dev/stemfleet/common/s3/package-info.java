/// The object store, where tracks may come from and outputs may go to: objects that appear whole or
/// not at all, and writing only where nothing is yet.
///
/// The only room with Amazon's client, which every S3-speaking store understands. May use `config`,
/// `domain` and `failure`; called by the dispatcher's `submit` and `cli`, and by the worker's
/// `source` and `place` rooms. Asks only the store that the operator's settings name.
@NullMarked
package dev.stemfleet.common.s3;

import org.jspecify.annotations.NullMarked;
