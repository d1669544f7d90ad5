package io.larder.protocol.conf;

import java.util.Locale;
import java.util.regex.Pattern;

/// How much of a disk uploads must leave free: a size, or a share of the whole.
public sealed interface ReservedSpace {
  /// A fixed amount. The rules of the tracker count in whole MB (S2 §3.2).
  ///
  /// @param size the amount
  record Fixed(ByteSize size) implements ReservedSpace {
    /// The amount in MB, rounded down.
    public long megabytes() {
      return size.bytes() >> 20;
    }

    @Override
    public String toString() {
      return megabytes() + "MB";
    }
  }

  /// A share of the disk.
  ///
  /// @param ratio above 0 and below 1
  record Share(double ratio) implements ReservedSpace {
    public Share {
      if (!(ratio > 0 && ratio < 1)) {
        throw new IllegalArgumentException("a share is above 0% and below 100%");
      }
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f%%", ratio * 100);
    }
  }

  Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{0,9})?)[ \\t]*%");

  /// Reads `20%`, `1.50%` or a size.
  ///
  /// @throws IllegalArgumentException for anything else
  static ReservedSpace parse(String text) {
    var percent = PERCENT.matcher(text);
    if (percent.matches()) {
      return new Share(Double.parseDouble(percent.group(1)) / 100);
    }
    if (text.endsWith("%")) {
      throw new IllegalArgumentException("not a percentage");
    }
    return new Fixed(ByteSize.parse(text));
  }
}
