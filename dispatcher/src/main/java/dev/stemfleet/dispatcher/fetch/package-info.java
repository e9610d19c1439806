/// Brings files from web servers: addresses, redirects, resume, checks. Knows no models.
///
/// May use `common` and `plan`'s exception. Called by `cli`.
@NullMarked
package dev.stemfleet.dispatcher.fetch;

import org.jspecify.annotations.NullMarked;
