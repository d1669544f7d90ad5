package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.platform.SmallFile;
import io.larder.platform.WallClock;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.folder.StoreFolder;
import io.larder.store.trunk.OutstandingLots.Kind;
import io.larder.store.trunk.OutstandingLots.Piece;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes back, at a start, the slots that a crash left half-written.
///
/// A slot is written with one call, its header with it, and may be acknowledged once it is durable ([Lot#letGo] keeps its
/// lot on the list that long). So a slot whose bytes do not fit its header lies in a lot of the list, and nobody was
/// promised it; or it was promised at the level `none` and the power failed; or the disk is bad. In each case its bytes
/// are set aside before its header is cleared, and its name finds nothing instead of something wrong.
///
/// Reads what was reserved and not given back: a few MiB. Before anything else is done with the store paths; one thread.
public final class TornSlots {
  private static final Logger LOGGER = LoggerFactory.getLogger(TornSlots.class);

  private final Disk disk;
  private final WallClock clock;
  private int number;

  private TornSlots(Disk disk, WallClock clock) {
    this.disk = disk;
    this.clock = clock;
  }

  /// Does it.
  ///
  /// @param base handle of `data` of `base_path`
  /// @param folders the store paths by index; their staging folders are empty
  /// @throws DiskException when the list of lots cannot be read
  public static void takeBack(Disk disk, int base, List<StoreFolder> folders, WallClock clock)
      throws DiskException {
    OutstandingLots lots =
        new OutstandingLots(new SmallFile(disk, base, LogFolder.LOTS), clock::seconds);
    lots.load();
    TornSlots torn = new TornSlots(disk, clock);
    for (StoreFolder folder : folders) {
      for (Piece piece : lots.pieces(folder.index())) {
        if (piece.kind() == Kind.LOT) {
          torn.tryLook(folder, piece.span());
        }
      }
    }
  }

  private void tryLook(StoreFolder folder, TrunkSpan lot) {
    String file = lot.file().name();
    int handle = disk.open(folder.handle(), file, OpenFlags.READ | OpenFlags.WRITE, 0);
    if (handle == -Errno.ENOENT) {
      return; // of a disk that was replaced
    }
    try {
      look(folder, DiskException.check(handle, "open " + file), lot);
    } catch (DiskException e) {
      LOGGER.error(
          "store path {}: {} is not looked at for half-written files: {}",
          folder.directory(),
          lot,
          e.getMessage());
    } finally {
      if (handle >= 0) {
        disk.close(handle);
      }
    }
  }

  private void look(StoreFolder folder, int handle, TrunkSpan lot) throws DiskException {
    SlotScanner slots = new SlotScanner(disk, handle, lot.end());
    int at = lot.offset();
    boolean begins = true; // whether a slot is expected at this place, not only possible
    while (at >= 0 && at < lot.end()) {
      Optional<TrunkSlotHeader> header = slots.headerAt(at);
      if (header.isPresent() && slots.contentFits(at, header.get())) {
        at += header.get().slotSize();
        begins = true;
        continue;
      }
      if (header.isPresent() && (begins || isAlone(slots, at))) {
        TrunkSpan slot = new TrunkSpan(lot.file(), at, header.get().slotSize());
        takeBack(folder, handle, slot, header.get());
      }
      at = slots.next(at + 1, lot.end());
      begins = false;
    }
  }

  /// Among the bytes behind a header that is none something may look like one by chance and reach into a real one.
  private static boolean isAlone(SlotScanner slots, int at) throws DiskException {
    return slots.next(at + 1, at + TrunkSlotHeader.SIZE) < 0;
  }

  private void takeBack(StoreFolder folder, int handle, TrunkSpan slot, TrunkSlotHeader header)
      throws DiskException {
    String staged = StoreFolder.STAGING + "/torn-" + number++;
    String why = "store path " + folder.directory() + ": " + slot + " is half-written";
    SetAside aside = new SetAside(disk, folder.handle());
    DiskException.check(
        aside.keep(handle, slot, header, staged, clock.seconds(), why), "set aside " + slot);
    TrunkSpan front = slot.front(TrunkSlotHeader.SIZE);
    DiskException.check(Zeros.write(disk, handle, front), "clear " + slot);
    DiskException.check(disk.syncData(handle), "sync " + slot.file().name());
  }
}
