package io.larder.http.file;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The order and meaning of conditional requests (RFC 9110 §13.2.2). Dates are compared as dates, in any of the three
/// forms of RFC 9110 §5.6.7; one that cannot be read does not count.
enum Preconditions {
  PROCEED,
  NOT_MODIFIED,
  FAILED;

  static Preconditions of(Conditions asked, Representation file) {
    if (asked.ifMatch() != null) {
      if (!file.tag().isIn(asked.ifMatch(), true)) {
        return FAILED;
      }
    } else if (isModifiedSince(asked.ifUnmodifiedSince(), file)) {
      return FAILED;
    }
    if (asked.ifNoneMatch() != null) {
      return file.tag().isIn(asked.ifNoneMatch(), false) ? NOT_MODIFIED : PROCEED;
    }
    OptionalLong since = HttpDate.parse(asked.ifModifiedSince());
    boolean same = since.isPresent() && file.modifiedSeconds() <= since.getAsLong();
    return same ? NOT_MODIFIED : PROCEED;
  }

  /// Whether `Range` counts: no `If-Range`, or one that names this very content.
  static boolean rangeCounts(Conditions asked, Representation file) {
    String ifRange = asked.ifRange();
    if (ifRange == null) {
      return true;
    }
    if (ifRange.indexOf('"') >= 0) {
      return file.tag().isIn(ifRange, true);
    }
    OptionalLong date = HttpDate.parse(ifRange);
    return date.isPresent()
        && date.getAsLong() == file.modifiedSeconds()
        && !file.tag().weak(); // a date of this second says as little as a weak tag
  }

  private static boolean isModifiedSince(@Nullable String date, Representation file) {
    OptionalLong since = HttpDate.parse(date);
    return since.isPresent() && file.modifiedSeconds() > since.getAsLong();
  }
}
