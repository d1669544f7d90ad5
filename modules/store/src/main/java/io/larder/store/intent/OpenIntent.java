package io.larder.store.intent;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A change that was noted and may be unfinished, as people and checks see it. Whether it is finished the binlog tells.
///
/// @param sequence its order among those of its thread
/// @param position where the binlog ended when it was noted
/// @param change what will be recorded
/// @param staged the file with its bytes, relative to `data`; empty when they are in the journal or there are none
public record OpenIntent(
    long sequence, BinlogPosition position, BinlogRecord.Change change, Optional<String> staged) {
  /// The journals of a store path.
  ///
  /// @param directory handle of `data`
  /// @return their names, relative to `data`
  /// @throws DiskException when they cannot be listed
  public static List<String> journals(Disk disk, int directory) throws DiskException {
    List<String> names = new ArrayList<>();
    int listed = disk.list(directory, IntentJournal.FOLDER, names);
    if (listed != -Errno.ENOENT) {
      DiskException.check(listed, "list " + IntentJournal.FOLDER);
    }
    names.sort(null);
    names.replaceAll(name -> IntentJournal.FOLDER + "/" + name);
    return names;
  }

  /// What a journal says was under way when it was left.
  ///
  /// @param directory handle of the base
  /// @param journal its name
  /// @throws DiskException when it cannot be read
  public static List<OpenIntent> read(Disk disk, int directory, String journal)
      throws DiskException {
    return JournalFile.read(disk, directory, journal).stream().map(OpenIntent::of).toList();
  }

  private static OpenIntent of(Intent intent) {
    Optional<String> staged =
        intent.payload() instanceof Intent.Staged(String name)
            ? Optional.of(name)
            : Optional.empty();
    return new OpenIntent(intent.sequence(), intent.position(), intent.change(), staged);
  }
}
