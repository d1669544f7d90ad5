package io.larder.store.intent;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the two files of an [IntentJournal]. All but the count of intents under way belongs to its thread.
final class JournalFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(JournalFile.class);
  private static final int MODE = 0b110_100_100;
  private static final int NONE = -1;

  private final Disk disk;
  private final int directory;
  private final String name;

  /// Intents of this file whose changes are not settled; counted down by any thread of the store path.
  private final AtomicInteger underWay = new AtomicInteger();

  private int handle = NONE;
  private boolean entryDurable;
  private long epoch;
  private long end;

  /// @param directory handle of `data`
  /// @param name relative to it
  JournalFile(Disk disk, int directory, String name) {
    this.disk = disk;
    this.directory = directory;
    this.name = name;
  }

  long epoch() {
    return epoch;
  }

  long end() {
    return end;
  }

  boolean anyUnderWay() {
    return underWay.get() > 0;
  }

  void begun() {
    underWay.incrementAndGet();
  }

  void settled() {
    underWay.decrementAndGet();
  }

  /// Begins a new pass: what stands in the file counts no more once the first entry of the pass is written.
  void restart() {
    epoch++;
    end = 0;
  }

  /// Appends entries of the present epoch.
  ///
  /// @param durable whether they must be on the disk when the call returns
  /// @return 0 or a negated [Errno]
  int append(ByteBuf entries, boolean durable) {
    int opened = open();
    if (opened < 0) {
      return opened;
    }
    int length = entries.readableBytes();
    int result = disk.write(handle, end, entries, entries.readerIndex(), length);
    if (result < 0) {
      return result;
    }
    end += length;
    return durable ? sync() : 0;
  }

  private int sync() {
    int result = disk.syncData(handle);
    if (result == 0 && !entryDurable) {
      result = disk.syncDirectory(directory, name.substring(0, name.lastIndexOf('/')));
      entryDurable = result == 0;
    }
    return result;
  }

  private int open() {
    if (handle == NONE) {
      int opened = disk.open(directory, name, OpenFlags.WRITE | OpenFlags.CREATE, MODE);
      if (opened < 0) {
        return opened;
      }
      handle = opened;
    }
    return 0;
  }

  /// Says that nothing is under way, if anything is said.
  void clear() {
    if (end == 0 || anyUnderWay()) {
      return;
    }
    restart();
    ByteBuf entry = Unpooled.directBuffer(64);
    IntentForm.clear(entry, epoch);
    int result = append(entry, false);
    entry.release();
    end = 0;
    if (result < 0) {
      LOGGER.warn("{} cannot be cleared: {}", name, Errno.text(-result));
    }
  }

  void close() {
    if (handle != NONE) {
      disk.close(handle);
      handle = NONE;
    }
  }

  /// Reads the intents that a file of an earlier run holds and that were not cancelled.
  ///
  /// @throws DiskException when it cannot be read
  static List<Intent> read(Disk disk, int directory, String name) throws DiskException {
    int handle = DiskException.check(disk.open(directory, name, OpenFlags.READ, 0), "open " + name);
    try {
      List<Intent> intents = new ArrayList<>();
      for (IntentForm.Entry entry : entries(disk, handle)) {
        switch (entry) {
          case IntentForm.Clear _ -> intents.clear();
          case IntentForm.Cancel(long _, long sequence) ->
              intents.removeIf(intent -> intent.sequence() == sequence);
          case IntentForm.Noted(long _, Intent intent) -> intents.add(intent);
        }
      }
      return intents;
    } finally {
      disk.close(handle);
    }
  }

  /// The whole entries from the beginning on that belong to one pass.
  private static List<IntentForm.Entry> entries(Disk disk, int handle) throws DiskException {
    List<IntentForm.Entry> entries = new ArrayList<>();
    long at = 0;
    while (true) {
      ByteBuf head = read(disk, handle, at, IntentForm.HEAD_BYTES);
      Optional<Integer> body =
          head.readableBytes() == IntentForm.HEAD_BYTES
              ? IntentForm.bodyLength(head)
              : Optional.empty();
      if (body.isEmpty()) {
        return entries;
      }
      int whole = IntentForm.HEAD_BYTES + body.get();
      ByteBuf bytes = read(disk, handle, at, whole);
      Optional<IntentForm.Entry> entry =
          bytes.readableBytes() == whole ? IntentForm.read(bytes) : Optional.empty();
      boolean samePass =
          entry.isPresent()
              && (entries.isEmpty() || entry.get().epoch() == entries.getFirst().epoch());
      if (!samePass) {
        return entries;
      }
      entries.add(entry.get());
      at += whole;
    }
  }

  private static ByteBuf read(Disk disk, int handle, long at, int length) throws DiskException {
    ByteBuf bytes = Unpooled.buffer(length);
    int read = DiskException.check(disk.read(handle, at, bytes, 0, length), "read intents");
    return bytes.writerIndex(read);
  }
}
