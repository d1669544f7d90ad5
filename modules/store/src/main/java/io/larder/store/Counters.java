package io.larder.store;

import io.larder.protocol.disk.StorageStatFile;
import io.larder.protocol.wire.Counter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The counters of the storage: what was saved at the last end plus what every thread counted since. Any thread.
final class Counters {
  private final StorageStatFile saved;
  private final Tally shared = new Tally();
  private final List<Tally> tallies = new CopyOnWriteArrayList<>(List.of(shared));

  Counters(StorageStatFile saved) {
    this.saved = saved;
  }

  void include(Tally tally) {
    tallies.add(tally);
  }

  void add(Counter counter, long amount) {
    shared.addShared(counter, amount);
  }

  long get(Counter counter) {
    long before = saved.get(counter);
    return switch (counter) {
      case LAST_SOURCE_UPDATE, LAST_SYNC_UPDATE, LAST_SYNCED_TIMESTAMP, LAST_HEART_BEAT_TIME ->
          tallies.stream().mapToLong(tally -> tally.get(counter)).reduce(before, Math::max);
      default -> before + tallies.stream().mapToLong(tally -> tally.get(counter)).sum();
    };
  }
}
