/// Scripts and how they are to be spoken: what job files say of it, put together from the defaults,
/// the job and the script, checked, and made into what goes with a job.
///
/// May use `common` and `plan`. Called by `submit` and `cli`.
@NullMarked
package dev.stemfleet.dispatcher.script;

import org.jspecify.annotations.NullMarked;
