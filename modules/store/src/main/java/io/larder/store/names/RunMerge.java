package io.larder.store.names;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongBinaryOperator;

/// Merges sorted records and folds those with the same key, the older ones first.
final class RunMerge extends SortedSource {
  private record Ranked(SortedSource source, int age) {}

  private final PriorityQueue<Ranked> queue;
  private final LongBinaryOperator fold;

  /// @param sources the oldest first; each may have a key several times
  RunMerge(List<SortedSource> sources, LongBinaryOperator fold) throws IOException {
    this.fold = fold;
    Comparator<Ranked> byKey = (a, b) -> a.source().compareKey(b.source());
    queue = new PriorityQueue<>(byKey.thenComparingInt(Ranked::age));
    for (int i = 0; i < sources.size(); i++) {
      queueNext(new Ranked(sources.get(i), i));
    }
  }

  private void queueNext(Ranked ranked) throws IOException {
    if (ranked.source().next()) {
      queue.add(ranked);
    }
  }

  @Override
  protected boolean load() throws IOException {
    Ranked smallest = queue.poll();
    if (smallest == null) {
      return false;
    }
    copy(smallest.source());
    queueNext(smallest);
    Ranked next = queue.peek();
    while (next != null && compareKey(next.source()) == 0) {
      queue.remove();
      first(fold.applyAsLong(first(), next.source().first()));
      second(next.source().second());
      queueNext(next);
      next = queue.peek();
    }
    return true;
  }
}
