/// Why a job could not be done: one enum, one exception. The enum alone knows what is retried.
@NullMarked
package dev.stemfleet.common.failure;

import org.jspecify.annotations.NullMarked;
