package io.larder.store.trunk;

/// How large the next lot of a store path is: doubled when the last one was used up within a second, halved when it
/// lasted for more than two; 1 to 8 MiB. So the log is synced a few times a second at most, and an idle store path keeps
/// little space out of the free space. Owner: the maker of the lots, under its lock.
final class LotSize {
  private static final int LEAST = 1 << 20;
  private static final int MOST = 8 << 20;
  private static final long SHORT_NANOS = 1_000_000_000L;
  private static final long LONG_NANOS = 2 * SHORT_NANOS;

  private int bytes = LEAST;
  private long since;
  private boolean known;

  /// Bytes of the next lot.
  int bytes() {
    return bytes;
  }

  /// A lot is handed out now, because there is none or the last one is used up.
  void handedOut(long nanos) {
    long lasted = nanos - since;
    if (known && lasted < SHORT_NANOS) {
      bytes = Math.min(MOST, 2 * bytes);
    } else if (known && lasted > LONG_NANOS) {
      bytes = Math.max(LEAST, bytes / 2);
    }
    known = true;
    since = nanos;
  }
}
