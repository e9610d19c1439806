@NullMarked
package dev.stemfleet.worker;

import org.jspecify.annotations.NullMarked;
