package io.larder.storage.server;

import io.larder.store.OpenFile;
import io.netty.channel.FileRegion;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.AbstractReferenceCounted;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/// A window of an open file, just seen in the page cache, that leaves by `sendfile`. The file stays its download's.
/// Owner: the event loop.
final class CachedRegion extends AbstractReferenceCounted implements FileRegion {
  private final OpenFile file;
  private final UnixChannel channel;
  private final long position;
  private final long count;
  private long transferred;

  CachedRegion(OpenFile file, UnixChannel channel, long position, long count) {
    this.file = file;
    this.channel = channel;
    this.position = position;
    this.count = count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long transferTo(WritableByteChannel target, long done) throws IOException {
    if (!file.isOpen()) {
      throw new EOFException("the file was closed");
    }
    long sent = file.sendTo(channel.fd().intValue(), position + done, count - done);
    if (sent < 0) {
      throw new IOException("sendfile: errno " + -sent);
    }
    transferred += sent;
    return sent;
  }

  @Override
  protected void deallocate() {}

  @Override
  public FileRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public FileRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FileRegion touch() {
    return this;
  }

  @Override
  public FileRegion touch(Object hint) {
    return this;
  }
}
