/// Scripts and how they are spoken: what a job says of them, and how a text is cut.
@org.jspecify.annotations.NullMarked
package dev.stemfleet.common.domain.speech;
