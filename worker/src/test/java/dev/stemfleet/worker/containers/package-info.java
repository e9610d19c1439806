/// What needs a container engine: the images under test, and the queue's contract on the broker
/// that users run. Every class carries `InContainers`; these run with `./mvnw verify -Pcontainers`
/// only, after `deploy/images/build`.
package dev.stemfleet.worker.containers;
