package io.larder.cluster.view;

import java.util.concurrent.atomic.AtomicInteger;

/// Whose turn it is: the round-robin index of a group list, a server list or a path list.
///
/// The one mutable thing that hangs on a view, shared by all its versions and safe on any thread.
/// It decides only where the next choice begins, never whether a choice is allowed.
public final class Rotation {
  private final AtomicInteger next = new AtomicInteger();

  /// The index whose turn it is among `count`; an index that is out of range starts over at 0.
  public int current(int count) {
    int index = next.get();
    return index < count ? index : 0;
  }

  /// The index whose turn it is among `count`; the turn passes to the one after it.
  public int take(int count) {
    for (; ; ) {
      int seen = next.get();
      int index = seen < count ? seen : 0;
      if (next.compareAndSet(seen, after(index, count))) {
        return index;
      }
    }
  }

  /// Makes it the turn of `index`.
  public void set(int index) {
    next.set(index);
  }

  /// Makes it the turn of the one after `index` among `count`.
  public void passOn(int index, int count) {
    next.set(after(index, count));
  }

  private static int after(int index, int count) {
    return index + 1 >= count ? 0 : index + 1;
  }

  @Override
  public String toString() {
    return "Rotation[" + next.get() + "]";
  }
}
