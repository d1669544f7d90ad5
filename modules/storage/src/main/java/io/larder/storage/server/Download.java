package io.larder.storage.server;

import static io.larder.protocol.wire.Counter.SUCCESS_DOWNLOAD_BYTES;
import static io.larder.protocol.wire.Counter.SUCCESS_DOWNLOAD_COUNT;
import static io.larder.protocol.wire.Counter.TOTAL_DOWNLOAD_BYTES;
import static io.larder.protocol.wire.Counter.TOTAL_DOWNLOAD_COUNT;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Header;
import io.larder.store.OpenFile;
import io.larder.store.StoreLane;
import io.larder.transport.server.FrameConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.UnixChannel;
import org.jspecify.annotations.Nullable;

/// The downloads of one connection (14).
///
/// A small part of a file that is in the page cache is read behind the reply's header on the event loop and leaves in
/// one write. A large one leaves in windows: by `sendfile` while the window is cached, else read by the store path's
/// thread. Nothing here waits for a disk. The length is fixed when the file is opened; a file that turns out shorter
/// ends the connection.
///
/// Owner: the event loop.
final class Download {
  /// Up to here a reply is one buffer.
  static final int WHOLE_MAX = 64 * 1024;

  private static final int WINDOW_BYTES = 1024 * 1024;
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Replies replies;
  private final FrameConnection connection;
  private final StoreLane lane;
  private final Reading file = new Reading();

  private long wantedOffset;
  private long wantedCount;
  private long at;
  private long left;
  private long length;
  private boolean inParts;
  private @Nullable ByteBuf filling;

  Download(Replies replies, StoreLane lane) {
    this.replies = replies;
    this.connection = replies.connection();
    this.lane = lane;
  }

  void start(LogicalName name, long offset, long count) {
    lane.count(TOTAL_DOWNLOAD_COUNT, 1);
    wantedOffset = offset;
    wantedCount = count;
    int status = file.tryOpen(lane, name);
    if (status == OpenFile.WOULD_BLOCK) {
      file.open(lane, name);
    } else {
      opened(status);
    }
  }

  private void opened(int status) {
    if (connection.isClosed()) {
      file.close();
      return;
    }
    if (status != Status.OK) {
      end(status);
      return;
    }
    long size = file.size();
    boolean emptyWhole = size == 0 && wantedOffset == 0;
    if (wantedOffset >= size && !emptyWhole) {
      end(Status.EINVAL);
      return;
    }
    long rest = size - wantedOffset;
    length = wantedCount == 0 ? rest : Math.min(rest, wantedCount);
    at = wantedOffset;
    left = length;
    lane.count(TOTAL_DOWNLOAD_BYTES, length);
    if (length <= WHOLE_MAX) {
      inParts = false;
      fill(connection.frame((int) length), (int) length);
    } else {
      inParts = true;
      ByteBuf head = connection.frame(0);
      connection.replyInParts(head, length);
    }
  }

  /// Answers without content.
  private void end(int status) {
    file.close();
    replies.status(status);
  }

  /// Reads into a buffer what is cached, and lets the path's thread read the rest.
  private void fill(ByteBuf into, int bytes) {
    int read = bytes == 0 ? 0 : file.tryRead(at, bytes, into);
    if (read == OpenFile.WOULD_BLOCK) {
      read = 0;
    }
    if (read < 0) {
      into.release();
      failed(-read);
      return;
    }
    at += read;
    left -= read;
    if (read == bytes) {
      filled(into);
    } else {
      filling = into;
      file.read(at, bytes - read, into);
    }
  }

  private void readDone(int result) {
    ByteBuf into = filling;
    filling = null;
    if (into == null) {
      return;
    }
    if (connection.isClosed()) {
      into.release();
      file.close();
      return;
    }
    if (result <= 0) {
      into.release();
      failed(result == 0 ? Status.EIO : -result);
      return;
    }
    at += result;
    left -= result;
    int missing = (int) Math.min(left, into.writableBytes());
    if (missing > 0 && !inParts) {
      filling = into;
      file.read(at, missing, into);
    } else {
      filled(into);
    }
  }

  private void filled(ByteBuf bytes) {
    if (inParts) {
      connection.part(bytes);
      return;
    }
    file.close();
    success();
    replies.frame(bytes);
  }

  /// The status can still be told as long as nothing was sent.
  private void failed(int status) {
    file.close();
    if (inParts) {
      connection.abort();
    } else {
      replies.status(status);
    }
  }

  void partSent() {
    if (!inParts) {
      return;
    }
    if (left == 0) {
      inParts = false;
      file.close();
      success();
      replies.note(0, Header.SIZE + length);
      connection.endOfParts();
      return;
    }
    nextPart();
  }

  private void nextPart() {
    int window = (int) Math.min(left, WINDOW_BYTES);
    boolean sendable = connection.channel() instanceof UnixChannel && file.descriptor() >= 0;
    long cached = sendable ? file.cachedBytes(at, window) : 0;
    if (cached >= window) {
      long from = at;
      at += window;
      left -= window;
      connection.part(new CachedRegion(file, (UnixChannel) connection.channel(), from, window));
    } else {
      int bytes = (int) Math.min(left, BUFFER_BYTES);
      filling = connection.alloc().directBuffer(bytes, bytes);
      file.read(at, bytes, filling);
    }
  }

  private void success() {
    lane.count(SUCCESS_DOWNLOAD_COUNT, 1);
    lane.count(SUCCESS_DOWNLOAD_BYTES, length);
  }

  void closed() {
    inParts = false;
    filling = null; // a read under way releases it when the file is closed
    file.close();
  }

  private final class Reading extends OpenFile {
    @Override
    protected void opened(int status, String message) {
      Download.this.opened(status);
    }

    @Override
    protected void readDone(int result, String message) {
      Download.this.readDone(result);
    }
  }
}
