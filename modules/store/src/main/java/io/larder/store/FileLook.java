package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a logical name leads to, whether it is a file of its own or a slot in a trunk file (S1 §4 check 4). Links are not
/// followed. Reusable; belongs to the job.
final class FileLook {
  private final FileStatus status = new FileStatus();
  private @Nullable TrunkSpan slot;
  private @Nullable TrunkSlotHeader header;

  /// Looks, waiting for the disk.
  ///
  /// @param scratch room for a header
  /// @return 0 or a negated [Errno]
  int at(StorePath path, LogicalName name, ByteBuf scratch) {
    return at(path.disk(), path.handle(), name, scratch);
  }

  /// The same below any folder of files.
  ///
  /// @param base handle of `data`
  int at(Disk disk, int base, LogicalName name, ByteBuf scratch) {
    slot = null;
    header = null;
    if (!TrunkNames.matches(name)) {
      return disk.status(base, name.trueName(), false, status);
    }
    Optional<TrunkSpan> place = placeOf(name);
    if (place.isEmpty()) {
      return -Errno.ENOENT;
    }
    int handle = disk.open(base, place.get().file().name(), OpenFlags.READ, 0);
    if (handle < 0) {
      return handle;
    }
    int result = SlotHeaders.read(disk, handle, place.get().offset(), scratch);
    disk.close(handle);
    return result < 0 ? result : took(name, place.get(), scratch);
  }

  private int took(LogicalName name, TrunkSpan place, ByteBuf bytes) {
    TrunkSlotHeader found = TrunkSlotHeader.read(bytes);
    if (!found.holds(name, FileFacts.of(name).orElseThrow())) {
      return -Errno.ENOENT;
    }
    slot = place;
    header = found;
    return 0;
  }

  /// The slot that a trunk name speaks of; empty when the name cannot be one.
  static Optional<TrunkSpan> placeOf(LogicalName name) {
    return FileFacts.of(name).flatMap(FileFacts::trunk).flatMap(place -> span(name, place));
  }

  private static Optional<TrunkSpan> span(LogicalName name, TrunkPlace place) {
    try {
      TrunkFile file = new TrunkFile(NewName.Directory.of(name), place.trunkFileId());
      return Optional.of(new TrunkSpan(file, place.offset(), place.slotSize()));
    } catch (MalformedException e) {
      return Optional.empty(); // reaches beyond any trunk file
    }
  }

  /// The slot it lies in; empty for a file of its own.
  Optional<TrunkSpan> slot() {
    return Optional.ofNullable(slot);
  }

  boolean isRegular() {
    TrunkSlotHeader found = header;
    return found == null ? status.isRegular() : found.type() == TrunkSlotHeader.FILE;
  }

  boolean isLink() {
    TrunkSlotHeader found = header;
    return found == null ? status.isLink() : found.type() == TrunkSlotHeader.LINK;
  }

  boolean isDirectory() {
    return header == null && status.isDirectory();
  }

  /// Bytes of content; of a link in a slot, of the name in it.
  long size() {
    TrunkSlotHeader found = header;
    return found == null ? status.size() : Integer.toUnsignedLong(found.fileSize());
  }

  long timeSeconds() {
    TrunkSlotHeader found = header;
    return found == null ? status.timeSeconds() : Integer.toUnsignedLong(found.modifiedAt());
  }

  /// Looks at what a link in a slot stands for, one level further (S1 §4.10.1).
  ///
  /// @param target gets what is found
  /// @return 0 or a negated [Errno]
  int follow(StorePath path, FileLook target, ByteBuf scratch) {
    TrunkSpan place = slot;
    Optional<LogicalName> source =
        place == null ? Optional.empty() : linkTarget(path, place, (int) size(), scratch);
    return source.isEmpty() ? -Errno.ENOENT : target.at(path, source.get(), scratch);
  }

  /// The file that a link in a slot stands for.
  ///
  /// @param length bytes of the slot's content
  /// @return empty when that is no name of a file on this store path
  static Optional<LogicalName> linkTarget(
      StorePath path, TrunkSpan place, int length, ByteBuf scratch) {
    Disk disk = path.disk();
    int handle = disk.open(path.handle(), place.file().name(), OpenFlags.READ, 0);
    if (handle < 0 || length <= 0 || length > LogicalName.BYTES_MAX) {
      if (handle >= 0) {
        disk.close(handle);
      }
      return Optional.empty();
    }
    scratch.clear();
    int read = disk.read(handle, place.offset() + TrunkSlotHeader.SIZE, scratch, 0, length);
    disk.close(handle);
    return read == length
        ? parsed(scratch.toString(0, length, StandardCharsets.ISO_8859_1))
            .filter(name -> name.storePath() == path.index())
        : Optional.empty();
  }

  private static Optional<LogicalName> parsed(String text) {
    try {
      return Optional.of(LogicalName.parse(text));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
