package io.larder.conformance.kill;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How many operations were answered, by kind. Any thread.
final class Tally {
  private final Map<String, AtomicLong> byKind = new ConcurrentSkipListMap<>();
  private final AtomicInteger all = new AtomicInteger();

  void count(String kind) {
    byKind.computeIfAbsent(kind, _ -> new AtomicLong()).incrementAndGet();
    all.incrementAndGet();
  }

  int all() {
    return all.get();
  }

  /// Kinds that were counted.
  Map<String, AtomicLong> byKind() {
    return byKind;
  }

  @Override
  public String toString() {
    return all + " " + byKind;
  }
}
