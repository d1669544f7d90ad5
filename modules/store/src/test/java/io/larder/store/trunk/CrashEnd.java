package io.larder.store.trunk;

import io.larder.platform.MemoryDisk;
import io.larder.platform.PowerCut;

/// How a process ends in a crash test.
enum CrashEnd {
  /// It is killed, the page cache stays.
  KILL,
  /// Power goes, and nothing is there that was not synced.
  CUT_KEEPING_NOTHING,
  /// Power goes, and everything had reached the disk.
  CUT_KEEPING_ALL,
  /// Power goes, and what was not synced is there in any part.
  CUT_BY_CHANCE;

  /// Ends it.
  ///
  /// @param seed draws what chance keeps
  void end(MemoryDisk memory, long seed) {
    switch (this) {
      case KILL -> memory.kill();
      case CUT_KEEPING_NOTHING -> memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);
      case CUT_KEEPING_ALL -> memory.powerCut(PowerCut.EVERYTHING_KEPT);
      case CUT_BY_CHANCE -> memory.powerCut(PowerCut.seeded(seed));
    }
  }
}
