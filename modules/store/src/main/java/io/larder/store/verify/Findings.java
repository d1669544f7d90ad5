package io.larder.store.verify;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/// Takes findings, counts all of them and passes on as many of each kind as are wanted. Any thread.
public final class Findings {
  private final int perCheckMax;
  private final Consumer<Finding> listener;
  private final Map<Check, Long> counts = new EnumMap<>(Check.class); // guarded by this

  /// @param perCheckMax so many of one kind are passed on; the rest are counted
  /// @param listener gets them one at a time
  Findings(int perCheckMax, Consumer<Finding> listener) {
    this.perCheckMax = perCheckMax;
    this.listener = listener;
  }

  synchronized void add(Check check, String path, String what) {
    long count = counts.merge(check, 1L, Long::sum);
    if (count <= perCheckMax) {
      listener.accept(new Finding(check, path, what));
    }
  }

  /// How many there are of each kind that there are any of.
  synchronized Map<Check, Long> counts() {
    return Collections.unmodifiableMap(new EnumMap<>(counts));
  }

  synchronized boolean any(Check check) {
    return counts.containsKey(check);
  }
}
