package io.larder.storage.report;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.platform.WallClock;
import io.larder.protocol.disk.DataInitFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What a storage remembers of its first start and of the source that fills it: its part of `data/.data_init_flag`
/// (S3 §4). Every change reads the file anew and keeps what others have written there.
///
/// All methods block: a worker thread's calls, one at a time.
public final class SyncHistory {
  private static final String FILE = "data/.data_init_flag";
  private static final int BYTES_MAX = 64 * 1024;

  private final Disk disk;
  private final Path basePath;
  private final WallClock clock;

  /// @param basePath the folder whose `data` has the file; it exists
  public SyncHistory(Disk disk, Path basePath, WallClock clock) {
    this.disk = disk;
    this.basePath = basePath;
    this.clock = clock;
  }

  /// Reads it; the first time ever it is made with the present as the time of the first start.
  DataInitFlag load() throws DiskException {
    return change(known -> known);
  }

  /// Remembers which source fills this storage.
  ///
  /// @param sourceId empty when none does
  DataInitFlag remember(String sourceId, long untilTimestamp) throws DiskException {
    return change(known ->
        new DataInitFlag(
            known.storageJoinTime(),
            true,
            sourceId,
            untilTimestamp,
            known.lastIpAddr(),
            known.lastServerPort(),
            known.currentTrunkFileId(),
            known.trunkLastCompressTime(),
            known.trunkBinlogCompressStage(),
            known.storePathMarks()));
  }

  /// Remembers under which address and port it last ran.
  DataInitFlag address(String ips, int port) throws DiskException {
    return change(known ->
        new DataInitFlag(
            known.storageJoinTime(),
            known.syncOldDone(),
            known.syncSrcServer(),
            known.syncUntilTimestamp(),
            ips,
            OptionalInt.of(port),
            known.currentTrunkFileId(),
            known.trunkLastCompressTime(),
            known.trunkBinlogCompressStage(),
            known.storePathMarks()));
  }

  private DataInitFlag change(UnaryOperator<DataInitFlag> step) throws DiskException {
    int base = DiskException.check(disk.openDirectory(basePath), "open " + basePath);
    try {
      SmallFile file = new SmallFile(disk, base, FILE);
      byte[] content = file.read(BYTES_MAX).orElse(new byte[0]);
      DataInitFlag before =
          content.length == 0
              ? fresh()
              : DataInitFlag.parse(new String(content, StandardCharsets.ISO_8859_1));
      DataInitFlag after = step.apply(before);
      if (content.length == 0 || !after.equals(before)) {
        file.replace(after.text().getBytes(StandardCharsets.ISO_8859_1));
      }
      return after;
    } finally {
      disk.close(base);
    }
  }

  private DataInitFlag fresh() {
    return new DataInitFlag(
        clock.seconds(), false, "", 0, "", OptionalInt.empty(), 0, 0, 0, new TreeMap<>());
  }
}
