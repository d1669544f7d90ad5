package io.larder.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// 4 KiB of a file: what is in the page cache, what is surely on the disk, and every state in between, any of which the
/// kernel may have written by itself.
final class MemoryBlock {
  static final int BYTES = 4096;
  private static final int SECTOR_BYTES = 512;
  private static final int SECTORS = BYTES / SECTOR_BYTES;
  private static final byte[] ZEROS = new byte[BYTES];

  /// One write into the block; the states in between are the durable one with the first of these.
  private static final class Patch {
    private final int at;
    private final byte[] bytes;

    Patch(int at, byte[] bytes) {
      this.at = at;
      this.bytes = bytes;
    }

    void applyTo(byte[] content) {
      System.arraycopy(bytes, 0, content, at, bytes.length);
    }
  }

  private final List<Patch> unsynced = new ArrayList<>(1);
  private byte[] durable = ZEROS;
  private byte[] now = ZEROS; // the same array as the durable one while nothing is unsynced
  private boolean forgotten;

  /// Whether the block takes room; one that was cut away does not.
  boolean allocated;

  /// Writes.
  ///
  /// @param bytes belongs to the block from now on
  void write(int at, byte[] bytes) {
    if (unsynced.isEmpty()) {
      now = durable.clone();
    }
    Patch patch = new Patch(at, bytes);
    patch.applyTo(now);
    unsynced.add(patch);
    forgotten = false;
  }

  byte[] now() {
    return now;
  }

  boolean isClean() {
    return unsynced.isEmpty();
  }

  /// Makes the present content durable, unless the kernel takes it for written ([#forget]).
  void sync() {
    if (!forgotten) {
      durable = now;
      unsynced.clear();
    }
  }

  /// Writing back has failed: the kernel takes the block for clean until someone writes into it again.
  void forget() {
    forgotten = true;
  }

  /// Keeps one of the states, or the beginning of one before the end of an older one.
  void cut(PowerCut choice) {
    if (!unsynced.isEmpty()) {
      int kept = choice.block(unsynced.size() + 1);
      byte[] content = state(kept);
      int sectors = kept == 0 ? SECTORS : choice.sectors(SECTORS);
      if (sectors < SECTORS) {
        byte[] older = state(kept == 1 ? 0 : choice.block(kept));
        int from = sectors * SECTOR_BYTES;
        System.arraycopy(older, from, content, from, BYTES - from);
      }
      durable = content;
      unsynced.clear();
    }
    now = durable;
    forgotten = false;
  }

  /// Sets everything from a position on to zero, durably; after a cut only.
  void clearFrom(int at) {
    if (!Arrays.equals(durable, at, BYTES, ZEROS, at, BYTES)) {
      durable = Arrays.copyOf(Arrays.copyOf(durable, at), BYTES);
      now = durable;
    }
  }

  /// A state as it was after some of the unsynced writes, in an array of its own.
  private byte[] state(int writes) {
    byte[] content = durable.clone();
    unsynced.subList(0, writes).forEach(patch -> patch.applyTo(content));
    return content;
  }
}
