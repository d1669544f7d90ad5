package io.larder.server.dump;

import io.larder.platform.Disk;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.OffsetMark;
import io.larder.protocol.disk.SyncMark;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Shows mark files: how far each peer has been sent the sync binlog (S4 §3) or the trunk binlog (S3 §9.5).
public final class MarkDump {
  private static final String SUFFIX = ".mark";
  private static final List<String> FOLDERS_BELOW =
      List.of(
          "data/sync", "data/trunk", "sync", "trunk", "storage/data/sync", "storage/data/trunk");

  private final Disk disk;
  private final DumpOutput out;

  /// @param out where it goes
  public MarkDump(Disk disk, DumpOutput out) {
    this.disk = disk;
    this.out = out;
  }

  /// Shows a mark, or all of a folder.
  ///
  /// @param path a mark file, a folder with some, or a base path
  /// @throws IOException when it cannot be read, or is none
  public void dump(Path path) throws IOException {
    try (DumpFile file = DumpFile.open(disk, path)) {
      if (!file.isFolder()) {
        one(file);
      } else if (folder(file) == 0) {
        throw DumpException.wrongFile(
            path.toString(),
            "has no mark files",
            "name a mark file, the folder data/sync or data/trunk, or a base path");
      }
    }
    out.flush();
  }

  private int folder(DumpFile named) throws IOException {
    List<String> folders = new ArrayList<>(List.of("."));
    FOLDERS_BELOW.stream().filter(named::has).forEach(folders::add);
    int shown = 0;
    for (String below : folders) {
      try (DumpFile folder = named.in(below)) {
        for (String name : folder.names()) {
          if (name.endsWith(SUFFIX) || name.contains(SUFFIX + ".")) {
            try (DumpFile mark = folder.in(name)) {
              one(mark);
              shown++;
            }
          }
        }
      }
    }
    return shown;
  }

  private void one(DumpFile file) throws DumpException {
    FileGuess guess = FileGuess.of(file);
    String path = file.path().normalize().toString();
    try {
      switch (guess) {
        case SYNC_MARK -> sync(path, SyncMark.parse(file.text()));
        case OFFSET_MARK -> offset(path, OffsetMark.parse(file.text()));
        default -> throw guess.insteadOf("a mark file", path);
      }
    } catch (MalformedException e) {
      throw DumpException.wrongFile(
          path,
          "is no whole mark file: " + e.getMessage(),
          "restore it; a C storage ends itself when it reads this one");
    }
  }

  private void sync(String path, SyncMark mark) {
    out.row(
        () ->
            String.format(
                Locale.ROOT,
                "%s  next record at file %d offset %d, %d of %d records sent%s",
                path,
                mark.binlogIndex(),
                mark.binlogOffset(),
                mark.syncRowCount(),
                mark.scanRowCount(),
                fullSync(mark)),
        () ->
            new JsonObject()
                .put("path", path)
                .put("binlogIndex", mark.binlogIndex())
                .put("binlogOffset", mark.binlogOffset())
                .put("needSyncOld", mark.needSyncOld())
                .put("syncOldDone", mark.syncOldDone())
                .put("untilTimestamp", mark.untilTimestamp())
                .put("scanRowCount", mark.scanRowCount())
                .put("syncRowCount", mark.syncRowCount()));
  }

  private static String fullSync(SyncMark mark) {
    if (!mark.needSyncOld()) {
      return "";
    }
    return "; full sync of what was there until "
        + Shown.timeAndNumber(mark.untilTimestamp())
        + (mark.syncOldDone() ? " is done" : " is under way");
  }

  private void offset(String path, OffsetMark mark) {
    out.row(
        () -> path + "  next line at offset " + mark.binlogOffset(),
        () -> new JsonObject().put("path", path).put("binlogOffset", mark.binlogOffset()));
  }
}
