package dev.stemfleet.common.s3;

import dev.stemfleet.common.failure.Sentence;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Tells the failures of Amazon's client apart and says them in words for people.
final class Answers {
  static final int CONDITION_FAILED = 412;

  /// Two writers at the same moment: the store decides for neither.
  static final int CONFLICT = 409;

  private Answers() {}

  /// Asks, and says what went wrong.
  ///
  /// @param what names the object
  static <T> T asked(String what, Supplier<T> question) throws StoreFailure {
    try {
      return question.get();
    } catch (SdkException e) {
      throw failure(what, e);
    }
  }

  /// Whether the store said that there is no such object.
  static boolean isMissing(SdkException e) {
    return e instanceof S3Exception answer
        && answer.statusCode() == 404
        && !"NoSuchBucket".equals(code(answer));
  }

  static StoreFailure failure(String what, SdkException e) {
    if (e instanceof S3Exception answer) {
      String code = code(answer);
      return new StoreFailure(
          kind(answer.statusCode(), code),
          Sentence.of(
              "%s: the store answered %d%s"
                  .formatted(what, answer.statusCode(), code.isEmpty() ? "" : " (" + code + ")")),
          e);
    }
    String said = String.valueOf(e.getMessage());
    if (said.contains("Unable to load credentials")) {
      return new StoreFailure(
          StoreFailure.Kind.FORBIDDEN,
          what
              + ": no keys to ask the store with; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
              + " or AWS_PROFILE",
          e);
    }
    String reason =
        switch (e) {
          case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ -> "it takes too long";
          default -> innermost(e);
        };
    return new StoreFailure(
        StoreFailure.Kind.UNREACHABLE,
        Sentence.of(what + ": the store cannot be reached: " + reason),
        e);
  }

  static String code(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return code == null ? "" : code;
  }

  private static StoreFailure.Kind kind(int status, String code) {
    if (code.contains("Quota") || code.contains("StorageFull") || status == 507) {
      return StoreFailure.Kind.FULL;
    }
    // A clock that is wrong may be set right.
    if (code.equals("RequestTimeTooSkewed") || code.equals("ExpiredToken")) {
      return StoreFailure.Kind.UNREACHABLE;
    }
    return switch (status) {
      case 401, 403 -> StoreFailure.Kind.FORBIDDEN;
      case 404 -> StoreFailure.Kind.MISSING;
      default -> StoreFailure.Kind.UNREACHABLE;
    };
  }

  private static String innermost(Throwable e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String message = inner.getMessage();
    return message == null || message.isBlank()
        ? inner.getClass().getSimpleName()
        : inner.getClass().getSimpleName() + ": " + message;
  }
}
