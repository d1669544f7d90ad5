package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files at the level of system calls.
///
/// Every call answers 0 or more when it was done, else the negated [Errno]; nothing is thrown, nothing allocated on the
/// calls of the hot path. Names are relative to a directory opened before (`openDirectory`) and are texts of bytes: each
/// char 0 to 255 is one byte of the name (ISO-8859-1), so no name of a data folder is lost or changed.
///
/// Handles are small integers; in [LinuxDisk] they are the kernel's file descriptors. A handle closed is never used
/// again by its owner. Any thread may call; a handle has one owner at a time, but positional reads of one handle may run
/// at the same time. Interrupted calls are repeated; short writes are continued, so a write is whole or an error.
///
/// No call waits for anything but the disk. Those called *cached* do not even wait for that: they answer `EAGAIN` when
/// the answer is not in memory.
public interface Disk {
  /// Which form this is and what it can, in one line for log and diagnosis.
  String description();

  // ---- directories and names

  /// Opens a directory, for use as the base of names. [#close] gives it back.
  ///
  /// @param path absolute
  int openDirectory(Path path);

  /// Opens or makes a file.
  ///
  /// @param directory handle of the base
  /// @param name relative name
  /// @param flags bits of [OpenFlags]
  /// @param mode permission bits of a new file, cut by the process's mask
  /// @return a handle
  int open(int directory, String name, int flags, int mode);

  /// Closes a file or directory.
  int close(int handle);

  /// Makes a directory.
  int makeDirectory(int directory, String name, int mode);

  /// Gives an unnamed file ([OpenFlags#UNNAMED]) its name; `EEXIST` when the name is taken.
  int linkUnnamed(int handle, int directory, String name);

  /// Gives a file a second name; `EEXIST` when that is taken.
  int link(int directory, String from, String to);

  /// Makes a symbolic link; `EEXIST` when the name is taken.
  ///
  /// @param target text of the link, same form as names
  int symbolicLink(String target, int directory, String name);

  /// Reads a symbolic link.
  ///
  /// @param target gets the text appended
  int readLink(int directory, String name, StringBuilder target);

  /// Removes a name that is not a directory.
  int unlink(int directory, String name);

  /// Renames, replacing what has the new name.
  int rename(int directory, String from, String to);

  /// Renames; `EEXIST` when the new name is taken.
  int renameToNew(int directory, String from, String to);

  /// Lists the names in a directory, without `.` and `..`; for small directories, not on the hot path.
  ///
  /// @param name relative name of the directory, `.` for the base itself
  /// @param names gets the names added in no order
  int list(int directory, String name, List<String> names);

  /// Makes the entries of a directory durable.
  ///
  /// @param name relative name, `.` for the base itself
  int syncDirectory(int directory, String name);

  /// Makes everything durable that the file system of a directory holds: contents, facts and entries, whoever wrote them.
  /// For many new files it costs far less than a sync of each.
  ///
  /// An error says that something written since the last call by this handle may be lost, and not what; it is said once.
  /// `ENOSYS` where the form or the system has no such call, or has one that keeps errors to itself: then each file and
  /// directory must be synced.
  int syncFileSystem(int directory);

  /// Whether one [#syncFileSystem] of either directory makes durable what is in the other, too. False where that is not
  /// certain, or where there is no such call.
  boolean syncsTogether(int directory, int other);

  // ---- what is there

  /// Looks at a name.
  ///
  /// @param follow whether a symbolic link at the end is followed
  int status(int directory, String name, boolean follow, FileStatus into);

  /// Looks at an open file.
  int status(int handle, FileStatus into);

  /// Measures the file system that a directory is on.
  ///
  /// @return empty when it cannot be measured
  Optional<DiskSpace> space(int directory);

  // ---- bytes

  /// Reads at a position.
  ///
  /// @param into gets the bytes from `index` on; its indexes are not moved
  /// @return number of bytes, less than `length` only at the end of the file
  int read(int handle, long position, ByteBuf into, int index, int length);

  /// Writes at a position; the handle was not opened with [OpenFlags#APPEND].
  ///
  /// @return `length`, or an error after which an unknown part was written
  int write(int handle, long position, ByteBuf from, int index, int length);

  /// Writes at the end of a file opened with [OpenFlags#APPEND], in one call of the system.
  ///
  /// @return number of bytes taken; less than `length` when the file system took only a part
  int append(int handle, ByteBuf from, int index, int length);

  /// Copies bytes from file to file, inside the kernel where that is possible.
  ///
  /// @return number of bytes copied, less than `length` only at the end of the source
  long copy(int from, long fromPosition, int to, long toPosition, long length);

  /// Sets the size, cutting or extending with zeros.
  int truncate(int handle, long size);

  /// Makes content and facts of a file durable.
  int sync(int handle);

  /// Makes content of a file durable, and of its facts only what is needed to read it.
  int syncData(int handle);

  /// Sets the time of the last change.
  int setTime(int handle, long seconds);

  /// Takes the exclusive lock of a file, without waiting; `EAGAIN` when another handle has it, in this process or another.
  /// It goes with the handle: closing gives it back, and so does the end of the process. Asked for once per handle.
  ///
  /// @param handle of a file opened for writing, else `EBADF`
  int lock(int handle);

  // ---- without waiting

  /// Whether [#openCached] and [#readCached] can answer anything but `EAGAIN`.
  boolean readsCached();

  /// Opens for reading if name and inode are in memory; else `EAGAIN`.
  ///
  /// @return a handle
  int openCached(int directory, String name);

  /// Looks at a name without following a link if all is in memory; else `EAGAIN`.
  int statusCached(int directory, String name, FileStatus into);

  /// Reads what is in the page cache; `EAGAIN` when the first byte is not, or when the file system cannot say.
  ///
  /// @return number of bytes, less than `length` at the end of the file or of what is cached
  int readCached(int handle, long position, ByteBuf into, int index, int length);

  /// How many bytes of a range are in the page cache, so that [#send] would not wait for a disk; `ENOSYS` when the system
  /// cannot say, or refuses to send.
  long cachedBytes(int handle, long position, long length);

  /// Sends from a file to a non-blocking socket without copying (`sendfile`); `ENOSYS` in forms without descriptors.
  ///
  /// @param socket the kernel's descriptor
  /// @return bytes sent; `EAGAIN` when the socket takes none
  long send(int socket, int handle, long position, long length);

  /// The channel behind a handle in forms that have no descriptors; empty when the handle is one.
  Optional<FileChannel> channel(int handle);
}
