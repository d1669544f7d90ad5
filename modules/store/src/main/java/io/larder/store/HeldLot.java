package io.larder.store;

import io.larder.store.trunk.Lot;
import io.larder.store.trunk.SlotSource;

/// A lot in the hands of the thread that cuts it and of those who write into its slots; the last of them gives it back.
final class HeldLot {
  private final TrunkEngine trunk;
  private final SlotSource source;
  private final Lot lot;

  /// @param source where it comes from and goes back to
  HeldLot(TrunkEngine trunk, SlotSource source, Lot lot) {
    this.trunk = trunk;
    this.source = source;
    this.lot = lot;
    trunk.hold();
  }

  /// The lot, for the thread that cuts it.
  Lot lot() {
    return lot;
  }

  /// For a slot that is going to be written.
  void hold() {
    lot.hold();
  }

  /// For a slot that is written and as durable as was promised, or given up; and for the thread that cuts it, at its end.
  void letGo() {
    if (lot.letGo()) {
      source.giveBack(lot);
      trunk.letGo();
    }
  }
}
