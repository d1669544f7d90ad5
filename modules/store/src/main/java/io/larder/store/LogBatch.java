package io.larder.store;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.Binlog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The binlog records of the batch a path thread is working on; written by one append before any job of it is
/// acknowledged. Belongs to its thread.
final class LogBatch {
  private static final int LINES_BYTES = 16 * 1024;

  private final Binlog binlog;
  private final ByteBuf lines = Unpooled.directBuffer(LINES_BYTES);

  LogBatch(Binlog binlog) {
    this.binlog = binlog;
  }

  /// Records what was done, here, for a client.
  void add(long seconds, BinlogRecord.Change change) {
    new BinlogRecord((int) seconds, false, change).write(lines);
  }

  /// Records what was done here because another storage has it.
  void addReplica(long seconds, BinlogRecord.Change change) {
    new BinlogRecord((int) seconds, true, change).write(lines);
  }

  boolean isEmpty() {
    return !lines.isReadable();
  }

  /// Appends the records to the binlog and forgets them.
  ///
  /// @return 0, or a negated error number: none of them is in the binlog
  int write() {
    try {
      return binlog.append(lines);
    } finally {
      lines.clear();
    }
  }

  void release() {
    lines.release();
  }
}
