@NullMarked
package dev.stemfleet.dispatcher;

import org.jspecify.annotations.NullMarked;
