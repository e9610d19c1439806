/// The dispatcher program: plans jobs, sends them and shows what became of them.
@NullMarked
package dev.stemfleet.dispatcher;

import org.jspecify.annotations.NullMarked;
