package io.larder.http.file;

import java.util.ArrayList;
import java.util.List;

/// What a `Range` header asks of a file of known size (RFC 9110 §14).
///
/// Where the RFC leaves a choice: a header that breaks the grammar is refused with 416, as FastDFS does. More than
/// [#COUNT_MAX] ranges, or ranges that sum up to more than the file has, get the whole file: the answer is right for
/// every client and never costs more than the file. Ranges keep their order and are not merged.
sealed interface Ranges {
  /// Most ranges that are answered one by one.
  int COUNT_MAX = 16;

  /// The header does not count: the whole file is the answer.
  record Ignored() implements Ranges {}

  /// Nothing of the file can be given: 416.
  record Unsatisfiable() implements Ranges {}

  /// These parts are the answer.
  ///
  /// @param slices at least one, each inside the file, none empty
  record Parts(List<Slice> slices) implements Ranges {
    public Parts {
      slices = List.copyOf(slices);
    }
  }

  /// Reads the header.
  ///
  /// @param header its value
  /// @param size size of the file
  static Ranges of(String header, long size) {
    int equals = header.indexOf('=');
    if (equals < 0 || !header.substring(0, equals).trim().equalsIgnoreCase("bytes")) {
      return new Ignored();
    }
    var slices = new ArrayList<Slice>();
    long total = 0;
    int count = 0;
    for (int at = equals + 1; at <= header.length(); ) {
      int comma = header.indexOf(',', at);
      int end = comma < 0 ? header.length() : comma;
      String spec = header.substring(at, end).trim();
      at = end + 1;
      if (spec.isEmpty()) {
        continue; // a list may have empty elements (RFC 9110 §5.6.1)
      }
      Bounds bounds = Bounds.read(spec);
      if (bounds.equals(Bounds.BROKEN)) {
        return new Unsatisfiable();
      }
      count++;
      Slice slice = bounds.in(size);
      if (slice.length() > 0) {
        slices.add(slice);
        total = Math.min(total, Long.MAX_VALUE - slice.length()) + slice.length();
      }
    }
    if (slices.isEmpty()) {
      return new Unsatisfiable();
    }
    return count > COUNT_MAX || total > size ? new Ignored() : new Parts(slices);
  }

  /// One element as written.
  ///
  /// @param first offset of the first byte, or -1 for a suffix
  /// @param last offset of the last byte, `Long.MAX_VALUE` for the end; of a suffix its length
  record Bounds(long first, long last) {
    static final Bounds BROKEN = new Bounds(-1, -1);

    private static final Slice NOTHING = new Slice(0, 0);

    static Bounds read(String spec) {
      int dash = spec.indexOf('-');
      if (dash < 0 || spec.length() == 1) {
        return BROKEN;
      }
      long first = dash == 0 ? -1 : number(spec, 0, dash);
      long last =
          dash == spec.length() - 1 ? Long.MAX_VALUE : number(spec, dash + 1, spec.length());
      boolean numbers = last >= 0 && (dash == 0 || first >= 0);
      return numbers && (dash == 0 || first <= last) ? new Bounds(first, last) : BROKEN;
    }

    Slice in(long size) {
      if (first < 0) {
        long length = Math.min(last, size);
        return new Slice(size - length, length);
      }
      return first >= size ? NOTHING : new Slice(first, Math.min(last, size - 1) - first + 1);
    }

    /// Digits only; more than a `long` holds is as good as the largest one.
    private static long number(String text, int from, int to) {
      long value = 0;
      for (int i = from; i < to; i++) {
        int digit = text.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          return -1;
        }
        value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
      }
      return value;
    }
  }
}
