package io.larder.store.trunk;

import java.util.Collection;
import java.util.Optional;

/// Who hands out slots in trunk files. Two forms: this node is the group's trunk server ([LocalSlotSource]), or another
/// one is, and is asked over the network.
///
/// Two invariants, at every moment and at every durability level, so that no crash ever makes two files of one slot:
///
/// 1. *Space is reserved durably before it is used.* A lot that is handed out has left the free space by synced lines of
///    the log. The caller may write into its slots at once.
/// 2. *Space becomes free only after the zeroed slot header is durable.* [#free] is called after that and not before;
///    nobody here looks at the slot.
///
/// So the free space in the log is always a part of what is really free. What a crash leaves is space that is taken and
/// not used; a start gives it back.
///
/// Nothing here throws for the disk's sake: without space, or with a log that cannot be written, no lot is handed out and
/// small files are stored as plain ones.
public interface SlotSource extends AutoCloseable {
  /// Reserves space for many files.
  ///
  /// Usually answers at once, from a lot made before; else it may wait for disks of `base_path` and of this store path,
  /// never for those of another one, nor for the network. Any thread but an event loop.
  ///
  /// @param storePath index of the store path
  /// @param slotSize bytes of the slot that is needed now ([TrunkParameters#slotSize]); one of it fits the lot
  /// @return a lot, which belongs to the calling thread; empty when there is none just now
  /// @throws io.larder.protocol.RefusedException 22 when there is no such store path, or no slot is as large
  Optional<Lot> reserve(int storePath, int slotSize);

  /// Takes back what is not cut of a lot, which is empty then. Called by whoever lets go of the lot last ([Lot#letGo]).
  /// Does not wait for a sync.
  void giveBack(Lot lot);

  /// Makes slots free: those of deleted files, once their zeroed headers are durable, and those that were cut and never
  /// written. Any thread but an event loop. Does not wait for a sync: what a crash loses of it is a slot that stays
  /// unused.
  ///
  /// A slot that is free already is passed over with a warning.
  void free(Collection<TrunkSpan> slots);

  /// Gives back what the source itself holds. Lots are given back by their owners before.
  @Override
  void close();
}
