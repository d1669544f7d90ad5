package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.folder.StoreFolder;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out deletions whose record is at the end of the binlog while the file is still there: the process ended
/// between record and unlink.
///
/// A file is removed only when no later record names it and it was not changed after the deletion, so a slave that was
/// uploaded again is safe.
final class DeletionRedo {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeletionRedo.class);

  private final Disk disk;
  private final List<StoreFolder> folders;

  private final List<TrunkSpan> freed = new ArrayList<>();
  private final List<TrunkSpan> doubtful = new ArrayList<>();
  private final ByteBuf header = Unpooled.directBuffer(TrunkSlotHeader.SIZE);
  private @Nullable TrunkFile openFile;
  private int handle;

  /// Deletions that no later record of the same name follows.
  private final Map<String, Deletion> deletions = new LinkedHashMap<>();

  private final Optional<Checkpoint> last;

  private record Deletion(BinlogPosition at, BinlogRecord record) {}

  /// @param last the checkpoint behind which the records stand; empty when none is known, and slots found empty may
  ///     belong to others then
  DeletionRedo(Disk disk, List<StoreFolder> folders, Optional<Checkpoint> last) {
    this.disk = disk;
    this.folders = folders;
    this.last = last;
  }

  /// Takes the next record of the end of the binlog.
  void add(BinlogPosition at, BinlogRecord record) {
    String name = record.change().name();
    if (record.change() instanceof BinlogRecord.Delete) {
      deletions.put(name, new Deletion(at, record));
    } else {
      deletions.remove(name);
    }
  }

  /// Finishes what the records taken so far have left to be done; once.
  void redo() {
    deletions.values().forEach(this::finish);
    deletions.clear();
    closeFile();
    header.release();
  }

  private void finish(Deletion deletion) {
    LogicalName name;
    try {
      name = LogicalName.parse(deletion.record().change().name());
    } catch (MalformedException e) {
      return; // no name that a file of ours can have
    }
    if (name.storePath() >= folders.size()) {
      return;
    }
    if (TrunkNames.matches(name)) {
      FileLook.placeOf(name).ifPresent(slot -> clear(name, slot, isOurs(slot, deletion)));
    } else {
      unlink(name, deletion.record());
    }
  }

  private void unlink(LogicalName name, BinlogRecord record) {
    int base = folders.get(name.storePath()).handle();
    FileStatus status = new FileStatus();
    boolean left =
        disk.status(base, name.trueName(), false, status) == 0
            && !status.isDirectory()
            && status.timeSeconds() <= record.timestamp();
    if (left) {
      LOGGER.info("finishing the deletion of {}", name);
      disk.unlink(base, name.trueName());
    }
  }

  /// Whether nobody can have got the slot since.
  private boolean isOurs(TrunkSpan slot, Deletion deletion) {
    return last.isPresent() && deletion.at().compareTo(last.get().slotsOf(slot.storePath())) >= 0;
  }

  /// A slot whose header still is the name's loses it; one that has none is free if nobody can have got it since.
  private void clear(LogicalName name, TrunkSpan slot, boolean ours) {
    int file = handleOf(slot, folders.get(name.storePath()).handle());
    int result = file < 0 ? file : SlotHeaders.read(disk, file, slot.offset(), header);
    if (result == -Errno.ENOENT) {
      return; // with the trunk file, or its end, the slot is gone
    }
    boolean clear = result == 0 && TrunkSlotHeader.read(header).isFree();
    boolean free = ours && clear;
    if (result == 0 && !clear && holds(name)) {
      LOGGER.info("finishing the deletion of {}", name);
      result = SlotHeaders.clear(disk, file, slot.offset());
      free = result >= 0;
    }
    if (free) {
      freed.add(slot);
    } else if (result < 0) {
      LOGGER.warn("the deletion of {} is not finished: {}", name, Errno.text(-result));
      doubtful.add(slot);
    }
  }

  private boolean holds(LogicalName name) {
    TrunkSlotHeader found = TrunkSlotHeader.read(header.resetReaderIndex());
    return FileFacts.of(name).filter(facts -> found.holds(name, facts)).isPresent();
  }

  /// Deletions of one trunk file often follow each other.
  private int handleOf(TrunkSpan slot, int base) {
    if (!slot.file().equals(openFile)) {
      closeFile();
      handle = disk.open(base, slot.file().name(), OpenFlags.READ | OpenFlags.WRITE, 0);
      openFile = slot.file();
    }
    return handle;
  }

  private void closeFile() {
    if (openFile != null && handle >= 0) {
      disk.close(handle);
    }
    openFile = null;
  }

  /// The slots whose deletion was finished or done already and which nobody has made free yet.
  List<TrunkSpan> freed() {
    return freed;
  }

  /// The slots whose deletion could not be finished: nobody may have them before a start can.
  List<TrunkSpan> doubtful() {
    return doubtful;
  }
}
