package io.larder.storage.duplicate;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.IndexOpener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/// Opens the index of duplicates in `<base_path>/data/.larder/duplicates.sqlite`.
///
/// The file is written ahead (WAL) without a sync of each commit: a power cut may take the last commits, never a part of
/// one. It belongs to this process alone, so that nothing of it is shared memory.
public final class SqliteIndexes implements IndexOpener {
  /// What SQLite keeps of the file in memory, at most.
  static final int CACHE_KIBIBYTES = 16 * 1024;

  private static final String FOLDER = ".larder";
  private static final String NAME = "duplicates.sqlite";
  private static final String[] FILES = {NAME, NAME + "-wal", NAME + "-shm", NAME + "-journal"};
  private static final int WAL_BYTES_MAX = 64 << 20;

  private final Disk disk;
  private final Path data;

  /// @param basePath `base_path`
  public SqliteIndexes(Disk disk, Path basePath) {
    this.disk = disk;
    data = basePath.resolve("data");
  }

  @Override
  public boolean exists() {
    int folder = disk.openDirectory(data);
    if (folder < 0) {
      return false;
    }
    int found = disk.status(folder, FOLDER + "/" + NAME, true, new FileStatus());
    disk.close(folder);
    return found == 0;
  }

  @Override
  public DuplicateIndex open() throws IndexException {
    Connection connection = null;
    try {
      connection = config().createConnection("jdbc:sqlite:" + data.resolve(FOLDER).resolve(NAME));
      return SqliteIndex.over(connection);
    } catch (SQLException e) {
      Quietly.close(connection);
      throw SqliteIndex.failed("open " + NAME, e);
    } catch (LinkageError e) {
      // The library cannot be unpacked or loaded: a temporary folder that is full or not
      // executable.
      throw new IndexException("SQLite cannot be loaded: " + e.getMessage(), false, e);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setJournalSizeLimit(WAL_BYTES_MAX);
    config.setCacheSize(-CACHE_KIBIBYTES);
    config.setTempStore(SQLiteConfig.TempStore.FILE);
    return config;
  }

  @Override
  public void discard() throws IndexException {
    int folder = disk.openDirectory(data);
    if (folder < 0) {
      throw new IndexException("open " + data + ": " + Errno.text(-folder), false, null);
    }
    try {
      for (String file : FILES) {
        int result = disk.unlink(folder, FOLDER + "/" + file);
        if (result < 0 && result != -Errno.ENOENT) {
          throw new IndexException("remove " + file + ": " + Errno.text(-result), false, null);
        }
      }
    } finally {
      disk.close(folder);
    }
  }
}
