package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.trunk.Lot;
import io.larder.store.trunk.SlotSource;
import io.larder.store.trunk.TrunkSpan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cuts slots for the new files of one writer thread out of a lot that only this thread uses. Belongs to the thread.
final class SlotCutter {
  private static final Logger LOGGER = LoggerFactory.getLogger(SlotCutter.class);
  private static final int TRIES_MAX = 3;

  private final StorePath path;
  private final PathWorker thread;
  private @Nullable SlotSource source;
  private @Nullable HeldLot lot;

  SlotCutter(StorePath path, PathWorker thread) {
    this.path = path;
    this.thread = thread;
  }

  /// A slot for a file, found free, to be written.
  ///
  /// @param bytes of content
  /// @return empty when the file goes to no slot: it is too large, trunk files are off, or nobody gives space just now
  Optional<StagedSlot> next(long bytes) {
    TrunkEngine trunk = path.store().trunk();
    if (!trunk.fits(bytes)) {
      return Optional.empty();
    }
    trunk.hold();
    try {
      SlotSource from = trunk.source();
      return from == null ? Optional.empty() : next(from, trunk.slotSize(bytes));
    } finally {
      trunk.letGo();
    }
  }

  private Optional<StagedSlot> next(SlotSource from, int slotSize) {
    if (!from.equals(source)) {
      giveBack();
      source = from;
    }
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<TrunkSpan> span = cut(from, slotSize);
      if (span.isEmpty()) {
        return Optional.empty();
      }
      Optional<StagedSlot> slot = free(span.get());
      if (slot.isPresent()) {
        return slot;
      }
    }
    return Optional.empty();
  }

  private Optional<TrunkSpan> cut(SlotSource from, int slotSize) {
    HeldLot present = lot;
    Optional<TrunkSpan> span = present == null ? Optional.empty() : present.lot().take(slotSize);
    if (span.isEmpty()) {
      giveBack();
      Optional<Lot> fresh = from.reserve(path.index(), slotSize);
      if (fresh.isPresent()) {
        lot = new HeldLot(path.store().trunk(), from, fresh.get());
        span = fresh.get().take(slotSize);
      }
    }
    return span;
  }

  /// Looks whether nothing lies there. What is reserved is free by all that is known; a slot that holds something all the
  /// same is left alone for ever, for whoever put it there may have promised it to a client.
  private Optional<StagedSlot> free(TrunkSpan span) {
    Disk disk = path.disk();
    int handle = path.slotHandles().acquire(span.file(), path.store().trunk()::open);
    if (handle < 0) {
      LOGGER.warn("trunk file {} cannot be opened, small files are plain ones", span.file());
      path.store().trunk().freed().add(span);
      return Optional.empty();
    }
    int read = SlotHeaders.read(disk, handle, span.offset(), thread.scratch());
    if (read < 0 || !TrunkSlotHeader.read(thread.scratch()).isFree()) {
      LOGGER.error("slot {} was to be free and is not; it is left alone", span);
      path.slotHandles().release(span.file());
      return Optional.empty();
    }
    return Optional.of(new StagedSlot(path, span, handle, path.store().now(), cutFrom()));
  }

  private HeldLot cutFrom() {
    HeldLot held = requireNonNull(lot);
    held.hold();
    return held;
  }

  /// Gives back what was not cut, once all that was cut is settled.
  void giveBack() {
    HeldLot rest = lot;
    lot = null;
    if (rest != null) {
      rest.letGo();
    }
  }
}
