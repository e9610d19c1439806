/// Pages for machines and people, answered over HTTP: binding, finding the handler of a path, one
/// line for whatever goes wrong. Knows nothing of what the pages hold.
///
/// May use `config` and `failure`; the only room with the JDK's HTTP server. Called by the worker
/// and the dispatcher, which add their own handlers and wrap them with what they demand of a client
/// (tokens, hosts, a policy for scripts): a [Handler] around a [Handler].
@NullMarked
package dev.stemfleet.common.http;

import org.jspecify.annotations.NullMarked;
