package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.OffsetMark;
import io.larder.protocol.disk.SyncMark;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.verify.Folders.Data;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Checks that the marks of peers can be read and lie between two lines of the log they are about (S4 §3, S3 §9.5). A
/// mark inside a line stops a C storage's replication for ever. One thread.
final class MarkCheck {
  private static final String SUFFIX = ".mark";
  private static final int BYTES_MAX = 4096;

  /// Which marks.
  enum Kind {
    SYNC("sync", Check.SYNC_MARK_UNREADABLE, Check.SYNC_MARK_POSITION) {
      @Override
      BinlogPosition position(String text) {
        SyncMark mark = SyncMark.parse(text);
        return new BinlogPosition(mark.binlogIndex(), mark.binlogOffset());
      }
    },
    TRUNK("trunk", Check.TRUNK_MARK, Check.TRUNK_MARK) {
      @Override
      BinlogPosition position(String text) {
        return new BinlogPosition(0, OffsetMark.parse(text).binlogOffset());
      }
    };

    private final String folder;
    private final Check unreadable;
    private final Check misplaced;

    Kind(String folder, Check unreadable, Check misplaced) {
      this.folder = folder;
      this.unreadable = unreadable;
      this.misplaced = misplaced;
    }

    abstract BinlogPosition position(String text);
  }

  private final Inspection inspection;
  private final Data base;
  private final Kind kind;
  private final Places places;
  private final Map<String, BinlogPosition> marks = new TreeMap<>();

  /// @param places asked about each mark
  MarkCheck(Inspection inspection, Data base, Kind kind, Places places) {
    this.inspection = inspection;
    this.base = base;
    this.kind = kind;
    this.places = places;
  }

  /// Reads the marks and wants to know about them; before the log is read.
  void read() throws DiskException {
    Disk disk = inspection.disk();
    List<String> names = new ArrayList<>();
    int listed = disk.list(base.handle(), kind.folder, names);
    if (listed != -Errno.ENOENT) {
      DiskException.check(listed, "list " + base.path(kind.folder));
    }
    names.sort(null);
    for (String name : names) {
      if (name.endsWith(SUFFIX)) {
        read(disk, kind.folder + "/" + name);
      }
    }
  }

  private void read(Disk disk, String name) throws DiskException {
    String text =
        new SmallFile(disk, base.handle(), name)
            .read(BYTES_MAX)
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .orElse("");
    try {
      BinlogPosition position = kind.position(text);
      places.want(position);
      marks.put(name, position);
    } catch (MalformedException e) {
      inspection.find(kind.unreadable, base.path(name), String.valueOf(e.getMessage()));
    }
  }

  /// Tells what is wrong; after the log was read.
  void judge() {
    marks.forEach((name, position) -> {
      Places.Fault fault = places.fault(position);
      if (fault != Places.Fault.NONE) {
        inspection.find(
            kind.misplaced,
            base.path(name),
            "file " + position.file() + " offset " + position.offset() + " " + fault.text());
      }
    });
  }
}
