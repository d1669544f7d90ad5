package io.larder.store;

import io.netty.buffer.ByteBuf;

/// Where the bytes of a new file are while no name leads to them: an unnamed file, or a slot without a header. Belongs to
/// the job, whose steps come one after the other.
sealed interface Staging permits StagedFile, StagedSlot {
  /// Adds bytes at the end.
  ///
  /// @return 0 or a negated [io.larder.platform.Errno]
  int write(ByteBuf bytes);

  /// Bytes so far.
  long size();

  /// CRC32 of the bytes so far.
  int crc();

  /// Makes the bytes durable.
  ///
  /// @return 0 or a negated [io.larder.platform.Errno]
  int sync();

  /// Ends the staging: what has got no name is gone. Does nothing when it has ended.
  void close();
}
