package dev.stemfleet.common.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A record's component must be there unless it is marked nullable, so that the null marks that the
/// compiler checks also hold for what is read.
final class RequiredUnlessNullable extends JacksonAnnotationIntrospector {
  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    AnnotatedType type = component(member);
    return type == null
        ? super.hasRequiredMarker(member)
        : Boolean.valueOf(!type.isAnnotationPresent(Nullable.class));
  }

  /// A field that is there with nothing in it, or a list with nothing in one of its places.
  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    AnnotatedType type = component(annotated);
    if (type == null) {
      return super.findSetterInfo(annotated);
    }
    return type.isAnnotationPresent(Nullable.class)
        ? JsonSetter.Value.forContentNulls(Nulls.FAIL)
        : JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL);
  }

  /// The type of a record's component; null for anything else.
  private static @Nullable AnnotatedType component(Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter
            && parameter.getOwner() instanceof AnnotatedConstructor constructor
            && constructor.getDeclaringClass().isRecord()
        ? type(constructor.getAnnotated(), parameter.getIndex())
        : null;
  }

  /// Of the canonical constructor as the record's head has it: the compiler loses marks on types
  /// that are named with their outer class when it makes that constructor's parameters.
  private static AnnotatedType type(Constructor<?> constructor, int index) {
    RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return Arrays.equals(types, constructor.getParameterTypes())
        ? components[index].getAnnotatedType()
        : constructor.getAnnotatedParameterTypes()[index];
  }
}
