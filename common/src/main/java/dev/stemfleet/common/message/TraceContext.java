package dev.stemfleet.common.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What ties together all that is done for one run of a job, across programs: the W3C's trace
/// context, which travels as a header of records. Immutable.
///
/// Where nobody hands one over it follows from the job's run and id, so that every program that
/// sees the job comes to the same.
///
/// @param traceId 32 hex digits
/// @param spanId 16 hex digits: the step that handed the job on
/// @param sampled whether those before keep what they recorded
/// @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
public record TraceContext(String traceId, String spanId, boolean sampled) {
  /// The header's name, and that of the variable by which a shell hands a trace over.
  public static final String HEADER = "traceparent";

  private static final String VARIABLE = "TRACEPARENT";

  /// A later version may have more behind; its beginning is as here.
  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /// The header as it was received; empty if it is none that counts.
  public static Optional<TraceContext> parse(@Nullable String header) {
    Matcher parts = FORM.matcher(header == null ? "" : header);
    if (!parts.matches() || (parts.group(1).equals("00") && parts.group(5) != null)) {
      return Optional.empty();
    }
    String trace = parts.group(2);
    String span = parts.group(3);
    boolean sampled = (Integer.parseInt(parts.group(4), 16) & 1) == 1;
    return allZero(trace) || allZero(span)
        ? Optional.empty()
        : Optional.of(new TraceContext(trace, span, sampled));
  }

  /// What the process was started with (`TRACEPARENT`).
  public static Optional<TraceContext> ofProcess() {
    return parse(System.getenv(VARIABLE));
  }

  /// What follows from a run of a job.
  public static TraceContext of(Job job) {
    byte[] digest = digest(job.run() + "/" + job.jobId());
    HexFormat hex = HexFormat.of();
    return new TraceContext(
        hex.formatHex(digest, 0, TRACE_BYTES),
        hex.formatHex(digest, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES),
        true);
  }

  /// Another step of the same trace.
  ///
  /// @param step tells it from others
  public TraceContext step(String step) {
    byte[] digest = digest(header() + "/" + step);
    return new TraceContext(traceId, HexFormat.of().formatHex(digest, 0, SPAN_BYTES), sampled);
  }

  /// As it travels.
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  /// The headers of a record that belongs to it.
  public Map<String, String> headers() {
    return Map.of(HEADER, header());
  }

  private static boolean allZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
