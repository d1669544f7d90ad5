package io.larder.store.scrub;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The wish that a check ends early. Any thread may wish, those that check look now and then.
public final class Stop {
  private final CountDownLatch wished = new CountDownLatch(1);

  /// Wishes it.
  public void wish() {
    wished.countDown();
  }

  /// Whether it is wished.
  public boolean isWished() {
    return wished.getCount() == 0;
  }

  /// Waits, but not beyond the wish.
  public void await(long nanos) {
    try {
      if (wished.await(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      wish();
    }
  }
}
