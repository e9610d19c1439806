/// The written pages under test: what they name must exist, what can drift is made from the code.
package dev.stemfleet.worker.docs;
