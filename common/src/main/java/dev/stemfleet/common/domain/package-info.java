/// The words of the project as values: track, channel, stem, look, names and identity.
///
/// Only `java.*` (and the null marks) may be used here. Everybody may call it.
@NullMarked
package dev.stemfleet.common.domain;

import org.jspecify.annotations.NullMarked;
