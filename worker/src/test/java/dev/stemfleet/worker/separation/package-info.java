/// Streaming separation, its measures and the stem store.
package dev.stemfleet.worker.separation;
