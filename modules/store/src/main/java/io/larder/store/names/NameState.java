package io.larder.store.names;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.scrub.ContentRule.Logged;

/// What the records of a name say of it in the end. Replicas' records count like clients'.
public enum NameState {
  /// There is no record of it.
  NONE(0),
  /// It was made and is gone.
  GONE(1),
  /// It is a file of its own.
  FILE(2),
  /// It is a link.
  LINK(3),
  /// It is an appender that got a plain name.
  RENAMED(4),
  /// It was changed; as what it was made stands before.
  CHANGED(5),
  /// It was gone and then changed, so it is there again.
  BACK(6);

  private static final NameState[] ALL = values();

  private final int code;

  NameState(int code) {
    this.code = code;
  }

  /// The number that stands for it in sorted records.
  public int code() {
    return code;
  }

  /// The state that a number stands for.
  public static NameState of(long code) {
    return ALL[(int) code];
  }

  /// What one record says of its name.
  public static NameState after(BinlogRecord.Change change) {
    return switch (change) {
      case BinlogRecord.Create _ -> FILE;
      case BinlogRecord.Link _ -> LINK;
      case BinlogRecord.Rename _ -> RENAMED;
      case BinlogRecord.Delete _ -> GONE;
      case BinlogRecord.Append _,
          BinlogRecord.Modify _,
          BinlogRecord.Truncate _,
          BinlogRecord.Update _ ->
          CHANGED;
    };
  }

  /// What two say together, the older and the newer. It does not matter in which order neighbours are put together.
  public static long fold(long older, long newer) {
    if (newer != CHANGED.code) {
      return newer;
    }
    return older == GONE.code ? BACK.code : older;
  }

  /// Whether the file should be there.
  public boolean isThere() {
    return this != NONE && this != GONE;
  }

  /// What is known of how it was made.
  public Logged logged() {
    return switch (this) {
      case FILE -> Logged.FILE;
      case LINK -> Logged.LINK;
      case RENAMED -> Logged.RENAMED;
      case NONE, GONE, CHANGED, BACK -> Logged.UNKNOWN;
    };
  }
}
