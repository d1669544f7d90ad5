package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.store.trunk.SetAside;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Puts the copy of a packed file into the slot that its name speaks of, as another storage of the group has it (S4 §5).
/// Here nobody chooses: what lies in the slot decides.
///
/// | found | done |
/// | --- | --- |
/// | a free slot, or no such trunk file yet | the copy is written |
/// | the same file with the same content | nothing but the record |
/// | another file, or other content | that is set aside ([SetAside]), durable at every level, then the copy is written |
///
/// Whoever is the trunk server has taken the slot from its free space before.
///
/// Checks made here, in this order: changes are taken at all (30); index of the store path (22); the name is one of a packed
/// file, the content has its size and fits, a file's content has the CRC32 of its name (22); queue of the path (16); nobody else writes into that slot just now, and it is
/// not being made free (16).
///
/// 1. *stage*: the header of another file is cleared, durable at every level, the content is written behind its place;
/// 2. *seal*: the header is written;
/// 3. *log*: the record `c`;
/// 4. *acknowledge*.
///
/// A crash before 2 leaves a free slot, or the file that was there; the source sends the copy again.
public abstract class CopyToSlot extends StoreJob {
  private ByteBuf content = Unpooled.EMPTY_BUFFER;
  private @Nullable LogicalName target;
  private int type;
  private long recordSeconds;
  private @Nullable TrunkSpan slot;
  private int handle = -1;
  private boolean claimed;
  private boolean wasThere;

  private static final int FILE_MODE = 0b110_100_100;

  /// Hands the copy over.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the name, of a packed file
  /// @param kind [TrunkSlotHeader#FILE], or [TrunkSlotHeader#LINK], whose content is the name of its source
  /// @param seconds the time of the record, epoch seconds
  /// @param bytes the readable bytes; the store owns and releases them, refused or not
  public final void submit(
      StoreLane lane, LogicalName file, int kind, long seconds, ByteBuf bytes) {
    content = bytes;
    target = file;
    type = kind;
    recordSeconds = seconds;
    wasThere = false;
    promise(lane.store());
    try {
      StorePath path = lane.store().storePaths().toChange(file);
      slot = placeOf(file, kind, bytes.readableBytes());
      lane.submit(this, path.writerOf(changedFile()), bytes.readableBytes());
    } catch (RefusedException e) {
      lane.refuse(this, e);
    }
  }

  private static TrunkSpan placeOf(LogicalName file, int kind, int bytes) {
    TrunkSpan place =
        FileLook.placeOf(file)
            .filter(known -> TrunkNames.matches(file))
            .orElseThrow(
                () -> new RefusedException(Status.EINVAL, "name of no packed file: " + file));
    long size = FileFacts.of(file).orElseThrow().size().orElseThrow();
    boolean known = kind == TrunkSlotHeader.FILE || kind == TrunkSlotHeader.LINK;
    if (!known || size != bytes || bytes + TrunkSlotHeader.SIZE > place.size()) {
      throw new RefusedException(
          Status.EINVAL,
          "content of "
              + file
              + ": "
              + bytes
              + " bytes ("
              + size
              + " by its name, at most "
              + (place.size() - TrunkSlotHeader.SIZE)
              + ")");
    }
    return place;
  }

  /// Damaged on its way or at its source, it would take the place of what is right.
  private boolean isAsNamed() {
    if (type == TrunkSlotHeader.LINK) {
      return true; // the CRC32 of a link is random
    }
    CRC32 crc = new CRC32();
    for (ByteBuffer piece : content.nioBuffers(content.readerIndex(), content.readableBytes())) {
      crc.update(piece);
    }
    return (int) crc.getValue() == FileFacts.of(name()).orElseThrow().crc32();
  }

  private LogicalName name() {
    return requireNonNull(target);
  }

  @Override
  final String changedFile() {
    return FileKeys.of(name().trueName());
  }

  // ---- stage

  @Override
  final Progress perform(PathThread on) {
    TrunkSpan place = requireNonNull(slot);
    if (!isAsNamed()) {
      refused(new RefusedException(Status.EINVAL, "content of " + name() + ": wrong CRC32"));
      return Progress.DONE;
    }
    claimed = on.path().claim(place);
    if (!claimed) {
      refused(
          new RefusedException(
              Status.EBUSY, "the slot of " + name() + " is in use just now; try again"));
      return Progress.DONE;
    }
    int result = open(on.path(), place);
    if (result == 0) {
      result = makeRoom(on, place);
    }
    if (result == 0 && !wasThere) {
      result = writeContent(on.path().disk(), place);
    }
    if (result < 0) {
      failed(result, "copy to a slot", name());
      return Progress.DONE;
    }
    if (durability() != Durability.NONE) {
      return Progress.STAGED;
    }
    seal(on);
    return Progress.DONE;
  }

  private int writeContent(Disk disk, TrunkSpan place) {
    int length = content.readableBytes();
    long at = (long) place.offset() + TrunkSlotHeader.SIZE;
    return length == 0
        ? 0
        : Math.min(0, disk.write(handle, at, content, content.readerIndex(), length));
  }

  private int open(StorePath path, TrunkSpan place) {
    int opened = path.slotHandles().acquire(place.file(), file -> openOrMake(path, file));
    if (opened < 0) {
      return opened;
    }
    handle = opened;
    FileStatus status = new FileStatus();
    int result = path.disk().status(handle, status);
    return result < 0 || status.size() >= place.end()
        ? result
        : path.disk().truncate(handle, Math.max(place.end(), path.store().trunk().fileBytes()));
  }

  private static int openOrMake(StorePath path, TrunkFile file) {
    Disk disk = path.disk();
    int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREATE;
    int opened = disk.open(path.handle(), file.name(), flags, FILE_MODE);
    if (opened != -Errno.ENOENT) {
      return opened;
    }
    NewName.Directory directory = file.directory();
    int made = path.makeDirectory(directory.high(), directory.low());
    return made < 0 ? made : disk.open(path.handle(), file.name(), flags, FILE_MODE);
  }

  /// Makes sure that nothing in the slot is lost, and that nothing half-written has a header.
  private int makeRoom(PathThread on, TrunkSpan place) {
    Disk disk = on.path().disk();
    int result = SlotHeaders.read(disk, handle, place.offset(), on.scratch());
    if (result < 0) {
      return result;
    }
    TrunkSlotHeader found = TrunkSlotHeader.read(on.scratch());
    if (found.isFree()) {
      return 0;
    }
    wasThere = found.type() == type && found.holds(name(), FileFacts.of(name()).orElseThrow());
    wasThere = wasThere && holdsContent(disk, place);
    if (wasThere) {
      return 0;
    }
    int kept =
        new SetAside(disk, on.path().handle())
            .keep(
                handle,
                place,
                found,
                on.path().nextStagingName(),
                on.path().store().now(),
                name() + " goes to a slot that holds something else");
    return kept < 0 ? kept : clear(disk, place);
  }

  private boolean holdsContent(Disk disk, TrunkSpan place) {
    int length = content.readableBytes();
    ByteBuf there = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, length));
    try {
      int read = disk.read(handle, (long) place.offset() + TrunkSlotHeader.SIZE, there, 0, length);
      return read == length && ByteBufUtil.equals(there.writerIndex(length), content);
    } finally {
      there.release();
    }
  }

  /// Durable before other bytes come behind it: a power cut could keep the old header with the new bytes.
  private int clear(Disk disk, TrunkSpan place) {
    int cleared = SlotHeaders.clear(disk, handle, place.offset());
    return cleared < 0 ? cleared : disk.syncData(handle);
  }

  // ---- seal, log

  @Override
  final void seal(PathWorker on) {
    TrunkSlotHeader header = TrunkSlotHeader.of(name(), FileFacts.of(name()).orElseThrow(), type);
    ByteBuf scratch = on.scratch();
    scratch.clear();
    header.write(scratch);
    int written =
        on.path()
            .disk()
            .write(handle, requireNonNull(slot).offset(), scratch, 0, TrunkSlotHeader.SIZE);
    if (written < 0) {
      failed(written, "write the header of the slot of", name());
      return;
    }
    on.log().addReplica(recordSeconds, change());
  }

  private BinlogRecord.Change change() {
    return type == TrunkSlotHeader.FILE
        ? new BinlogRecord.Create(name().text())
        : new BinlogRecord.Link(name().text(), content.toString(StandardCharsets.ISO_8859_1));
  }

  @Override
  final int syncAlone(PathWorker on) {
    TrunkFile file = requireNonNull(slot).file();
    int result = on.path().disk().sync(handle);
    return result < 0 ? result : on.path().syncDirectoryOf(file.name());
  }

  /// Without its record the copy would be one that nobody knows of.
  @Override
  final void undo(PathWorker on) {
    if (!wasThere) {
      SlotHeaders.clear(on.path().disk(), handle, requireNonNull(slot).offset());
    }
  }

  @Override
  final void settled(PathWorker on) {
    TrunkSpan place = requireNonNull(slot);
    if (handle >= 0) {
      on.path().slotHandles().release(place.file());
      handle = -1;
    }
    if (claimed) {
      on.path().unclaim(place);
      claimed = false;
    }
  }

  @Override
  final void release() {
    content.release();
    content = Unpooled.EMPTY_BUFFER;
  }

  /// Whether the slot held the same file with the same content before.
  public final boolean wasThere() {
    return wasThere;
  }
}
