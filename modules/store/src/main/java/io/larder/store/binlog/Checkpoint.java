package io.larder.store.binlog;

import java.util.Map;
import java.util.TreeMap;

/// Up to which places in the binlog nothing is left to be done.
///
/// @param done everything recorded before it is carried out and durable
/// @param slots by store path: before this place the slots of deleted files have been given back, so a start must not
///     give them back again, others may have them now; never before `done`
public record Checkpoint(BinlogPosition done, Map<Integer, BinlogPosition> slots) {
  /// Keeps of the store paths those that are ahead of `done`.
  public Checkpoint {
    Map<Integer, BinlogPosition> ahead = new TreeMap<>();
    slots.forEach((path, position) -> {
      if (position.compareTo(done) > 0) {
        ahead.put(path, position);
      }
    });
    slots = Map.copyOf(ahead);
  }

  /// Before which place the slots of a store path have been given back.
  public BinlogPosition slotsOf(int storePath) {
    return slots.getOrDefault(storePath, done);
  }
}
