package io.larder.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The locks of [ChannelDisk]. Any thread.
///
/// The JDK's locks belong to the process, and the system drops them when the process closes *any* of its handles of that
/// file. A channel that was refused the lock because this process has it is therefore never closed: one descriptor for
/// each such attempt, which is a mistake that ends a start.
final class ChannelLocks {
  private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

  // The JDK forgets a lock that nobody holds on to.
  private final Map<FileChannel, FileLock> held = new ConcurrentHashMap<>();

  int take(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return -Errno.EAGAIN;
      }
      held.put(channel, lock);
      return 0;
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(channel);
      return -Errno.EAGAIN;
    } catch (NonWritableChannelException e) {
      return -Errno.EBADF;
    }
  }

  /// Closes a channel and gives back its lock if it has one.
  void close(FileChannel channel) throws IOException {
    held.remove(channel);
    if (!NEVER_CLOSED.contains(channel)) {
      channel.close();
    }
  }
}
