package dev.stemfleet.worker.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks a class whose tests run in containers, and are skipped with a reason where no engine
/// answers.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag(InContainers.TAG)
@ExtendWith(EngineCondition.class)
public @interface InContainers {
  String TAG = "containers";
}
