package io.larder.store.scrub;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.util.Optional;

/// What an entry of a directory `HH/LL` is, as far as its name tells (S3 §1, §2.1). A link looks like a plain file, a slave
/// with a short ending may look like one, too.
public enum NameKind {
  /// 44 characters of the right form: a plain file, or a link, or a slave in disguise.
  PLAIN,
  /// A file that may change.
  APPENDER,
  /// A slave of a plain file or an appender, or a link with a slave's name.
  SLAVE,
  /// A name that stands for a slot in a trunk file; no entry of a directory should have it.
  TRUNK_SLOT,
  /// The metadata of the file whose name stands before `-m`.
  METADATA,
  /// A trunk file: six digits or more.
  TRUNK_FILE,
  /// Nothing that FastDFS or Larder would make.
  FOREIGN;

  private static final String ANY_DIRECTORY = "M00/00/00/";
  private static final int TRUNK_DIGITS_MIN = 6;
  private static final int TRUNK_DIGITS_MAX = 10;

  /// The kind of a name.
  ///
  /// @param fileName the name without directories
  public static NameKind of(String fileName) {
    try {
      return of(LogicalName.parse(ANY_DIRECTORY + fileName));
    } catch (MalformedException _) {
      return FOREIGN;
    }
  }

  /// The kind of a logical name.
  public static NameKind of(LogicalName name) {
    if (isTrunkFile(name.fileName())) {
      return TRUNK_FILE;
    }
    Optional<FileFacts.Kind> kind = FileFacts.of(name).map(FileFacts::kind);
    if (kind.isPresent() && isSizedByLength(kind.get())) {
      return switch (kind.get()) {
        case PLAIN -> PLAIN;
        case APPENDER -> APPENDER;
        default -> TRUNK_SLOT;
      };
    }
    if (!FileFacts.isCoded(name)) {
      return FOREIGN;
    }
    return name.text().endsWith(DataLayout.METADATA_SUFFIX) ? METADATA : SLAVE;
  }

  /// Names of exactly 44 or 60 characters with a right tail are files, even if an odd extension ends in `-m`.
  private static boolean isSizedByLength(FileFacts.Kind kind) {
    return kind != FileFacts.Kind.SLAVE && kind != FileFacts.Kind.APPENDER_SLAVE;
  }

  /// Whether a name is a trunk file's.
  ///
  /// @param name without directories
  public static boolean isTrunkFile(String name) {
    return name.length() >= TRUNK_DIGITS_MIN
        && name.length() <= TRUNK_DIGITS_MAX
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
