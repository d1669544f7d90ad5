package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogFiles;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.LineFile;
import io.larder.store.scrub.SlotWindow;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the sync binlog from its beginning while the node goes on writing it. A deletion is in the log before anything of
/// the file is touched, so what is read after a look at a file tells whether it was being deleted. One thread.
final class LogReading {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogReading.class);
  private static final String FOLDER = "sync";
  private static final int LINES_PER_LOOK = 1024;

  /// Compressed files become larger by about this.
  private static final int COMPRESSED_TIMES = 10;

  private final Disk disk;
  private final int base;
  private final SlotWindow.Reading reading;

  /// Takes records, in the order of the log.
  interface Taker {
    void take(BinlogRecord record, BinlogPosition at);
  }

  /// @param base handle of `data` of the base path
  /// @param reading told of what was read
  LogReading(Disk disk, int base, SlotWindow.Reading reading) {
    this.disk = disk;
    this.base = base;
    this.reading = reading;
  }

  /// About how many bytes of text it has.
  ///
  /// @throws DiskException when it cannot be listed
  long bytes() throws DiskException {
    long bytes = 0;
    FileStatus status = new FileStatus();
    for (String name : files().values()) {
      boolean there = disk.status(base, FOLDER + "/" + name, true, status) == 0;
      int times = name.endsWith(LineFile.COMPRESSED) ? COMPRESSED_TIMES : 1;
      bytes += there ? status.size() * times : 0;
    }
    return bytes;
  }

  private SortedMap<Integer, String> files() throws DiskException {
    return BinlogFiles.of(disk, base, FOLDER);
  }

  /// Reads all of it.
  ///
  /// @return whether no file and no line is missing or damaged
  /// @throws DiskException when it cannot be listed
  boolean read(Taker taker) throws DiskException {
    SortedMap<Integer, String> files = files();
    boolean complete =
        !files.isEmpty() && files.firstKey() == 0 && files.lastKey() == files.size() - 1;
    for (Map.Entry<Integer, String> file : files.entrySet()) {
      complete &= read(file.getKey(), file.getValue(), taker);
    }
    return complete;
  }

  private boolean read(int number, String name, Taker taker) {
    boolean whole = true;
    long told = 0;
    long lines = 0;
    try (LineFile file = LineFile.open(disk, base, FOLDER + "/" + name, 0)) {
      while (file.next() && file.isWhole()) {
        switch (BinlogLine.read(file.bytes()).orElseThrow()) {
          case BinlogLine.Entry(BinlogRecord record, int _) ->
              taker.take(record, new BinlogPosition(number, file.offset()));
          case BinlogLine.Broken _ -> whole = false;
        }
        if (++lines % LINES_PER_LOOK == 0) {
          reading.read((int) (file.offset() - told));
          told = file.offset();
        }
      }
      reading.read((int) (file.offset() - told));
      return whole;
    } catch (IOException e) {
      LOGGER.warn("{} cannot be read to its end: {}", name, e.getMessage());
      return false;
    }
  }
}
