/// Files from web servers that strangers may name: only from machines that may be asked, only so
/// large, only for so long.
///
/// May use `domain` and `failure`; the only room with Apache HttpClient. Called by the dispatcher,
/// which looks at tracks, and by the worker's `source` room, which fetches them. Writes the one
/// file that the caller names.
@NullMarked
package dev.stemfleet.common.web;

import org.jspecify.annotations.NullMarked;
