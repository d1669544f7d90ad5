package io.larder.http.file;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The conditional headers of a request, as they came; `null` where there was none.
///
/// @param range `Range`
/// @param ifRange `If-Range`
/// @param ifMatch `If-Match`
/// @param ifNoneMatch `If-None-Match`
/// @param ifModifiedSince `If-Modified-Since`
/// @param ifUnmodifiedSince `If-Unmodified-Since`
public record Conditions(
    @Nullable String range,
    @Nullable String ifRange,
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince,
    @Nullable String ifUnmodifiedSince) {
  /// None of them, as most requests have it.
  public static final Conditions NONE = new Conditions(null, null, null, null, null, null);

  /// Picks them out of a request.
  ///
  /// @param header gives the value of a header, several lines of one joined by commas; `null` when there is none
  public static Conditions of(Function<String, @Nullable String> header) {
    return new Conditions(
        header.apply("range"),
        header.apply("if-range"),
        header.apply("if-match"),
        header.apply("if-none-match"),
        header.apply("if-modified-since"),
        header.apply("if-unmodified-since"));
  }
}
