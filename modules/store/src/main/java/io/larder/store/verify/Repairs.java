package io.larder.store.verify;

import java.util.ArrayList;
import java.util.List;

/// What could be repaired, gathered while it is checked. Any thread.
final class Repairs {
  /// So many are kept; the rest waits for the next run.
  static final int KEPT_MAX = 10_000;

  private final List<Repair> offered = new ArrayList<>(); // guarded by this
  private long more; // guarded by this

  synchronized void offer(Repair repair) {
    if (offered.size() < KEPT_MAX) {
      offered.add(repair);
    } else {
      more++;
    }
  }

  synchronized List<Repair> offered() {
    return List.copyOf(offered);
  }

  /// How many there are beyond those that were kept.
  synchronized long more() {
    return more;
  }
}
