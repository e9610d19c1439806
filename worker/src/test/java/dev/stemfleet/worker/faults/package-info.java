/// Fleets broken on purpose: what the promises are worth when processes die, brokers leave and
/// files lie. Every class carries the tag `faults`: these run with `./mvnw verify -Pfaults` only.
package dev.stemfleet.worker.faults;
