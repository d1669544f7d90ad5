package io.larder.protocol.fileid;

/// The size field of a file name: a size, flags and random bits in 64 bits (S1 §5.2).
final class SizeField {
  static final long APPENDER = 1L << 58;
  static final long TRUNK = 1L << 59;
  private static final long RANDOM_HIGH_PART = 1L << 63;
  private static final long LOW_HALF = 0xFFFF_FFFFL;
  private static final int RANDOM_BITS = 0x7F_FFFF;
  private static final long RANDOM = (long) RANDOM_BITS << 32;

  /// Largest size that is taken for one when it stands plainly, 2^55-1: above lie flags.
  private static final long PLAIN_MAX = (1L << 55) - 1;

  private SizeField() {}

  static long plain(long size, int random) {
    return size > LOW_HALF ? size : RANDOM_HIGH_PART | randomPart(random) | size;
  }

  static long appender(int random) {
    return RANDOM_HIGH_PART | APPENDER | randomPart(random);
  }

  static long trunk(long size, int random) {
    return RANDOM_HIGH_PART | TRUNK | randomPart(random) | size;
  }

  static boolean isAppender(long field) {
    return (field & APPENDER) != 0;
  }

  static boolean isTrunk(long field) {
    return (field & TRUNK) != 0;
  }

  /// The size in a field, as every implementation takes it.
  static long size(long field) {
    boolean low = (field & RANDOM_HIGH_PART) != 0 || isTrunk(field);
    return low ? field & LOW_HALF : field;
  }

  /// Whether a name maker could have made this field.
  static boolean isPlausible(long field) {
    if ((field & RANDOM_HIGH_PART) == 0) {
      return field >= 0 && field <= PLAIN_MAX;
    }
    long rest = field & ~(RANDOM_HIGH_PART | RANDOM | LOW_HALF);
    return rest == 0 || rest == TRUNK || (rest == APPENDER && (field & LOW_HALF) == 0);
  }

  private static long randomPart(int random) {
    return (long) (random & RANDOM_BITS) << 32;
  }
}
