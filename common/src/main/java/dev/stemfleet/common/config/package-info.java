/// Files that people write, read strictly: an unknown or wrong key is an error that names the file
/// and the key's path.
///
/// May use `domain` and Jackson.
@NullMarked
package dev.stemfleet.common.config;

import org.jspecify.annotations.NullMarked;
