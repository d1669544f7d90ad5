package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A regular file: content by blocks, size and time, each with what is durable and what came after that.
///
/// At present, bytes behind the size are always zero.
final class MemoryFile extends MemoryNode {
  /// The first length that is refused (`EFBIG`).
  static final long BYTES_MAX = 1L << 44;

  private final NavigableMap<Long, MemoryBlock> blocks = new TreeMap<>();
  private final List<MemoryBlock> dirty = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>(List.of(0L)); // the durable one first
  private boolean sizeForgotten;
  private long durableTime;
  private boolean timeIsDurable;

  /// Handles that have it open.
  int handles;

  /// The handle that has the lock, 0 for none.
  int lockedBy;

  /// Whether it was made without a name and has not got one yet; a file that lost its last name gets no other.
  boolean unnamed;

  /// @param unnamed whether it was made without a name
  /// @param time when it was made, epoch seconds
  MemoryFile(boolean unnamed, long time) {
    this.unnamed = unnamed;
    this.time = time;
    durableTime = time;
    timeIsDurable = true;
  }

  @Override
  FileStatus.Kind kind() {
    return FileStatus.Kind.REGULAR;
  }

  @Override
  long size() {
    return sizes.getLast();
  }

  /// Blocks that take room.
  long allocated() {
    return blocks.values().stream().filter(block -> block.allocated).count();
  }

  boolean isDirty() {
    return !dirty.isEmpty() || sizes.size() > 1 || !timeIsDurable;
  }

  /// Sets the time of change.
  void setTime(long seconds) {
    time = seconds;
    timeIsDurable = false;
  }

  /// Reads what there is of a range.
  int read(long position, ByteBuf into, int index, int length) {
    int there = Math.clamp(size() - position, 0, length);
    int done = 0;
    while (done < there) {
      int at = (int) ((position + done) % MemoryBlock.BYTES);
      int piece = Math.min(there - done, MemoryBlock.BYTES - at);
      MemoryBlock block = blocks.get((position + done) / MemoryBlock.BYTES);
      if (block == null) {
        into.setZero(index + done, piece);
      } else {
        into.setBytes(index + done, block.now(), at, piece);
      }
      done += piece;
    }
    return there;
  }

  /// Writes until the space runs out.
  ///
  /// @return bytes written
  int write(long position, ByteBuf from, int index, int length, MemorySpace space) {
    int done = 0;
    while (done < length) {
      MemoryBlock block = blockAt(position + done, space);
      if (block == null) {
        break;
      }
      int at = (int) ((position + done) % MemoryBlock.BYTES);
      byte[] piece = new byte[Math.min(length - done, MemoryBlock.BYTES - at)];
      from.getBytes(index + done, piece);
      change(block, at, piece);
      done += piece.length;
    }
    if (done > 0 && position + done > size()) {
      resize(position + done);
    }
    return done;
  }

  private @Nullable MemoryBlock blockAt(long position, MemorySpace space) {
    long number = position / MemoryBlock.BYTES;
    MemoryBlock there = blocks.get(number);
    if (there != null && there.allocated) {
      return there;
    }
    if (!space.take()) {
      return null;
    }
    MemoryBlock block = there == null ? new MemoryBlock() : there;
    block.allocated = true;
    blocks.put(number, block);
    return block;
  }

  private void change(MemoryBlock block, int at, byte[] bytes) {
    if (block.isClean()) {
      dirty.add(block);
    }
    block.write(at, bytes);
  }

  private void resize(long size) {
    sizes.add(size);
    sizeForgotten = false;
  }

  /// Sets the size; what is cut away becomes zeros first.
  void truncate(long size, MemorySpace space) {
    if (size == size()) {
      return;
    }
    blocks
        .tailMap(size / MemoryBlock.BYTES, true)
        .forEach((number, block) -> {
          int at = (int) Math.max(0, size - number * MemoryBlock.BYTES);
          change(block, at, new byte[MemoryBlock.BYTES - at]);
          if (at == 0 && block.allocated) {
            block.allocated = false;
            space.giveBack(1);
          }
        });
    resize(size);
  }

  /// Makes content and size durable.
  ///
  /// @param facts whether the time too
  void sync(boolean facts) {
    dirty.forEach(MemoryBlock::sync);
    dirty.removeIf(MemoryBlock::isClean);
    blocks.values().removeIf(block -> block.isClean() && !block.allocated);
    if (!sizeForgotten) {
      sizes.subList(0, sizes.size() - 1).clear();
    }
    if (facts) {
      durableTime = time;
      timeIsDurable = true;
    }
  }

  /// Writing back has failed: what is unsynced is neither durable nor tried again by a later sync, as on Linux.
  void forget() {
    dirty.forEach(MemoryBlock::forget);
    sizeForgotten = sizes.size() > 1;
  }

  /// Keeps what was durable and what the choice leaves of the rest.
  void cut(PowerCut choice) {
    long size = sizes.size() == 1 ? sizes.getFirst() : sizes.get(choice.size(sizes.size()));
    sizes.clear();
    sizes.add(size);
    sizeForgotten = false;
    time = timeIsDurable || choice.time(2) == 1 ? time : durableTime;
    durableTime = time;
    timeIsDurable = true;
    blocks.values().forEach(block -> block.cut(choice));
    dirty.clear();
    blocks.tailMap((size + MemoryBlock.BYTES - 1) / MemoryBlock.BYTES, true).clear();
    int end = (int) (size % MemoryBlock.BYTES);
    MemoryBlock last = blocks.get(size / MemoryBlock.BYTES);
    if (last != null) {
      last.clearFrom(end);
    }
    blocks.values().forEach(block -> block.allocated = true);
  }
}
