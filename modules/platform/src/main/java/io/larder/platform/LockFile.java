package io.larder.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that one process holds for as long as it lives, so that two never use a folder at the same time.
///
/// The lock goes with the process, however it ends. The file holds the process id, for people.
public final class LockFile implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private LockFile(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the lock.
  ///
  /// @throws IOException when another process or another part of this one holds it, or the file cannot be made
  public static LockFile take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        byte[] pid =
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new LockFile(channel, lock);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(file + " is held by this process already", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(
        file + " is held by another process: two storages must not share a folder");
  }

  /// Gives the lock back.
  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
