package dev.stemfleet.common.json;

import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import org.jspecify.annotations.Nullable;

/// A record's component must be there unless it is marked nullable, so that the null marks that the
/// compiler checks also hold for what is read.
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    if (member instanceof AnnotatedParameter parameter
        && parameter.getOwner() instanceof AnnotatedConstructor constructor
        && constructor.getDeclaringClass().isRecord()) {
      AnnotatedType type =
          constructor.getAnnotated().getAnnotatedParameterTypes()[parameter.getIndex()];
      return !type.isAnnotationPresent(Nullable.class);
    }
    return super.hasRequiredMarker(member);
  }
}
