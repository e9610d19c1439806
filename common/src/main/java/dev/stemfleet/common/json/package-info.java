/// How records become JSON and YAML become records: the only place that sets up Jackson.
///
/// May use `domain` and Jackson. Called by `message`, `config` and `catalog`, and by whoever writes
/// JSON beside outputs.
@NullMarked
package dev.stemfleet.common.json;

import org.jspecify.annotations.NullMarked;
