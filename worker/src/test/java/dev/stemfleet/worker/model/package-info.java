/// How models are found, checked, loaded and kept; and the built-in one's file.
package dev.stemfleet.worker.model;
