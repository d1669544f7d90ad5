package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A link with a fresh name in the making: a symbolic link, to a file in a trunk slot another slot. Reusable; belongs to
/// the job.
///
/// A slot is taken and written first ([#takeSlot], [#write]); [#seal] gives either form its name.
final class FreshLink {
  private static final int NAME_TRIES_MAX = 10;

  private @Nullable StagedSlot slot;
  private @Nullable LogicalName name;
  private long time;

  /// Forgets the last one.
  void reset() {
    slot = null;
    name = null;
  }

  /// Takes a slot for a link to a file with a name of some length.
  ///
  /// @return whether there was one
  boolean takeSlot(PathThread on, int nameLength) {
    Optional<StagedSlot> free = on.slots().next(nameLength);
    slot = free.orElse(null);
    return free.isPresent();
  }

  boolean hasSlot() {
    return slot != null;
  }

  /// Writes what the slot stands for.
  ///
  /// @return 0 or a negated [Errno]
  int write(LogicalName source) {
    return LinkSlot.write(requireNonNull(slot), source);
  }

  /// Gives the link its name.
  ///
  /// @param size bytes of the source
  /// @param directory where a symbolic link will be
  /// @return 0 or a negated [Errno]
  int seal(
      PathWorker on,
      LogicalName source,
      long size,
      Extension extension,
      NewName.Directory directory) {
    StagedSlot into = slot;
    if (into != null) {
      LogicalName made = LinkSlot.name(on, into, extension);
      time = into.timeSeconds();
      int sealed = LinkSlot.seal(on, into, made);
      name = sealed < 0 ? null : made;
      return sealed;
    }
    time = on.path().store().now();
    String target = LinkTarget.textFor(on.path(), source.trueName());
    int result = -Errno.EEXIST;
    for (int i = 0; i < NAME_TRIES_MAX && result == -Errno.EEXIST; i++) {
      LogicalName made = freshName(on, size, extension, directory);
      result = point(on, target, made, directory);
      name = result < 0 ? null : made;
    }
    return result;
  }

  private LogicalName freshName(
      PathWorker on, long size, Extension extension, NewName.Directory directory) {
    NewName made =
        new NewName(
            directory,
            on.path().store().source(),
            (int) time,
            on.random().nextInt(),
            extension,
            on.random().nextLong());
    return made.plain(size);
  }

  /// Makes a symbolic link, and its directory where that is missing.
  ///
  /// @return 0 or a negated [Errno]
  static int point(PathWorker on, String target, LogicalName name, NewName.Directory directory) {
    StorePath path = on.path();
    int result = path.disk().symbolicLink(target, path.handle(), name.trueName());
    if (result == -Errno.ENOENT && path.makeDirectory(directory.high(), directory.low()) == 0) {
      result = path.disk().symbolicLink(target, path.handle(), name.trueName());
    }
    return result;
  }

  /// The name, once sealed.
  LogicalName name() {
    return requireNonNull(name);
  }

  /// The second in the name.
  long timeSeconds() {
    return time;
  }

  /// Makes durable what is there of it: the slot, or the name of the symbolic link.
  ///
  /// @return 0 or a negated [Errno]
  int syncAlone(PathWorker on) {
    StagedSlot into = slot;
    LogicalName made = name;
    if (into != null) {
      return into.sync();
    }
    return made == null ? 0 : on.path().syncDirectoryOf(made.trueName());
  }

  /// Takes the name back.
  void undo(PathWorker on) {
    StagedSlot into = slot;
    LogicalName made = name;
    name = null;
    if (into != null) {
      into.unseal();
    } else if (made != null) {
      on.path().disk().unlink(on.path().handle(), made.trueName());
    }
  }

  /// Lets go of the slot; what has no name is given up.
  void close() {
    StagedSlot into = slot;
    if (into != null) {
      into.close();
      slot = null;
    }
  }
}
