package io.larder.store.intent;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogPosition;
import io.netty.buffer.ByteBuf;

/// A change of a file that is going to be made: the record that will say it, and what is needed to make it.
///
/// @param sequence the order of intents of one journal
/// @param position where the binlog ended before; the record of the change stands behind it or is missing
/// @param change what will be recorded
/// @param payload what is needed to do it again
record Intent(long sequence, BinlogPosition position, BinlogRecord.Change change, Payload payload) {

  /// What is needed to make a change besides its record.
  sealed interface Payload {}

  /// Nothing: the record says it all.
  record Nothing() implements Payload {}

  /// The bytes themselves.
  ///
  /// @param content an unpooled buffer of its own
  record Bytes(ByteBuf content) implements Payload {}

  /// The bytes lie in a file of the staging folder.
  ///
  /// @param name its name, relative to `data`
  record Staged(String name) implements Payload {}
}
