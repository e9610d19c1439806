@NullMarked
package dev.stemfleet.common;

import org.jspecify.annotations.NullMarked;
