package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.fileid.FileId;
import io.larder.store.Durability;
import io.netty.buffer.ByteBuf;

/// One file on its way in. Owner: the verticle's event loop.
interface Intake {
  /// A file that is stored.
  ///
  /// @param id its id
  /// @param size bytes
  /// @param crc the CRC32 of its content
  /// @param timeSeconds when it was stored, epoch seconds
  /// @param durability what is promised at least
  record Stored(FileId id, long size, int crc, long timeSeconds, Durability durability) {}

  /// What is told of an intake: any number of `welcome`, then once one of the others, never from inside a call.
  interface Listener {
    /// More bytes are welcome, after `offer` had said no.
    void welcome();

    /// The file is stored.
    void stored(Stored file);

    /// Nothing is stored and nothing remains: refused, failed, or given up.
    void refused(Problem why);
  }

  /// Takes the next bytes and their ownership.
  ///
  /// @return whether more is welcome now
  boolean offer(ByteBuf bytes);

  /// The file is whole.
  void finish();

  /// The file will never be whole.
  void abort();
}
