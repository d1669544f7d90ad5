package io.larder.store.verify;

import io.larder.store.scrub.ContentRule;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How the content of files was checked, in numbers. Any thread.
final class Compared {
  private final LongAdder crcs = new LongAdder();
  private final LongAdder sizes = new LongAdder();
  private final Map<ContentRule.Reason, LongAdder> nothing =
      new EnumMap<>(ContentRule.Reason.class);

  Compared() {
    for (ContentRule.Reason reason : ContentRule.Reason.values()) {
      nothing.put(reason, new LongAdder());
    }
  }

  void byCrc() {
    crcs.increment();
  }

  void bySize() {
    sizes.increment();
  }

  void notAtAll(ContentRule.Reason reason) {
    LongAdder adder = nothing.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  long crcs() {
    return crcs.sum();
  }

  long sizes() {
    return sizes.sum();
  }

  Map<ContentRule.Reason, Long> nothing() {
    Map<ContentRule.Reason, Long> counts = new EnumMap<>(ContentRule.Reason.class);
    nothing.forEach((reason, adder) -> {
      if (adder.sum() > 0) {
        counts.put(reason, adder.sum());
      }
    });
    return counts;
  }
}
