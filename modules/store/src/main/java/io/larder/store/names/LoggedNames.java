package io.larder.store.names;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that the log has on one store path, read along with the walk: directory by directory, in each first the files
/// of their own by name, then those in trunk files by number, offset and name. Only forward. One thread.
public final class LoggedNames {
  private final @Nullable SortedSource source;
  private boolean loaded;

  /// @param source the records, before the first one; `null` when there is no log
  LoggedNames(@Nullable SortedSource source) throws IOException {
    this.source = source;
    loaded = source != null && source.next();
  }

  /// The next file of its own in a directory.
  ///
  /// @return empty when the directory has no more of them
  public Optional<LoggedName> file(int high, int low) throws IOException {
    SortedSource at = source;
    return at != null && isIn(at, high, low, NameLog.OWN_FILE)
        ? Optional.of(take(at))
        : Optional.empty();
  }

  /// The next slot of a trunk file.
  ///
  /// @param trunkFileId its number
  /// @return empty when it has no more
  public Optional<LoggedName> slot(int high, int low, int trunkFileId) throws IOException {
    return trunkFile(high, low).equals(Optional.of(trunkFileId))
        ? Optional.of(take(source()))
        : Optional.empty();
  }

  /// The number of the trunk file that the next slot of a directory is in; empty when the directory has no more. The
  /// files of their own must have been taken.
  public Optional<Integer> trunkFile(int high, int low) {
    SortedSource at = source;
    return at != null && isIn(at, high, low, NameLog.TRUNK_SLOT)
        ? Optional.of(NameLog.trunkFileId(at.key()))
        : Optional.empty();
  }

  /// The directory of the next name, outer times 256 plus inner; empty at the end.
  public Optional<Integer> directory() {
    SortedSource at = source;
    return at != null && loaded
        ? Optional.of((at.key()[0] & 0xFF) << 8 | (at.key()[1] & 0xFF))
        : Optional.empty();
  }

  private SortedSource source() {
    SortedSource at = source;
    if (at == null) {
      throw new IllegalStateException("no log");
    }
    return at;
  }

  private boolean isIn(SortedSource at, int high, int low, int kind) {
    byte[] key = at.key();
    return loaded && key[0] == (byte) high && key[1] == (byte) low && key[2] == kind;
  }

  private LoggedName take(SortedSource at) throws IOException {
    String name = NameLog.text(at.key(), NameLog.nameAt(at.key()), at.length());
    LoggedName taken =
        new LoggedName(name, NameState.of(at.first()), NameLog.position(at.second()));
    loaded = at.next();
    return taken;
  }
}
