/// What may be asked for: the channels and models of an assets folder, checked when they are read.
///
/// May use `domain` and `config`.
@NullMarked
package dev.stemfleet.common.catalog;

import org.jspecify.annotations.NullMarked;
