package io.larder.store;

import io.larder.protocol.fileid.LogicalName;
import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// A stored file being read (command 14, HTTP GET and HEAD): reusable, one per connection.
///
/// The size is fixed when the file is opened. Links are followed; directories and other things are refused with 21; a
/// trunk name answers 2 until trunk files exist.
///
/// ```java
/// int status = file.tryOpen(lane, name);          // never waits
/// if (status == OpenFile.WOULD_BLOCK) file.open(lane, name);   // opened() follows
/// ...
/// int bytes = file.tryRead(offset, length, into); // never waits: bytes, a negative errno or WOULD_BLOCK
/// if (bytes == OpenFile.WOULD_BLOCK) file.read(offset, length, into);   // readDone() follows
/// file.close();
/// ```
///
/// All methods belong to the lane's loop; one job is under way at a time.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class OpenFile {
  /// The answer needs the disk: use the form with a callback.
  public static final int WOULD_BLOCK = -1000;

  /// Follows [#open]: 0, or the errno number for the peer.
  ///
  /// @param status 0: the file is open
  /// @param message the cause when it is not
  protected abstract void opened(int status, String message);

  /// Follows [#read] and [#bringIn].
  ///
  /// @param result number of bytes read or brought in (0: behind the end), or a negative errno
  /// @param message the cause of an error
  protected abstract void readDone(int result, String message);

  /// Opens if name and inode are in memory.
  ///
  /// @return 0, the errno number for the peer (22, 2, 21, …), or [#WOULD_BLOCK]
  public final int tryOpen(StoreLane lane, LogicalName name) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Opens on the store path's reader thread; [#opened] follows.
  public final void open(StoreLane lane, LogicalName name) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Size in bytes when it was opened.
  public final long size() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Modification time in epoch seconds when it was opened.
  public final long timeSeconds() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Reads if the bytes are in the page cache.
  ///
  /// @param into gets the bytes at its writer index; must have room for them; the caller stays its owner
  /// @return the number of bytes appended to `into`: `length`, or less at the end of the file or of what is cached; a
  ///     negative errno; or [#WOULD_BLOCK] (nothing was appended)
  public final int tryRead(long offset, int length, ByteBuf into) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Reads on the store path's reader thread; [#readDone] follows, and until then `into` belongs to the store. The file
  /// must not be closed meanwhile; [#close] during a read is carried out after it (and `into` then released).
  public final void read(long offset, int length, ByteBuf into) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// How many of the bytes from `offset` on are in the page cache, as a hint whether `sendfile` of them would wait.
  ///
  /// @return `length` when all are, a smaller number when some are missing; -1 when the system cannot say
  public final long cachedBytes(long offset, long length) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Brings bytes into the page cache on the reader thread; [#readDone] follows.
  public final void bringIn(long offset, int length) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The kernel's file descriptor for `sendfile`, or -1 where files are open as [#channel()] only.
  public final int descriptor() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Sends bytes straight from the page cache to a socket (`sendfile`); may wait for pages that are not cached.
  ///
  /// @param socket the kernel's descriptor of a non-blocking socket
  /// @return bytes sent, 0 when the socket takes none now, or a negative errno
  public final long sendTo(int socket, long offset, long length) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The channel of the file where there is no descriptor (pure JDK form), for Netty's `DefaultFileRegion`.
  public final Optional<FileChannel> channel() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Whether the file is open.
  public final boolean isOpen() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Ends the reading; the object can open another file at once. Does nothing when none is open.
  public final void close() {
    throw new UnsupportedOperationException("engine follows");
  }
}
