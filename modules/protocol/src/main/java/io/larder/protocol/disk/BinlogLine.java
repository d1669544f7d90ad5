package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What stands in a binlog at some place: a record, or bytes that are none.
///
/// C storages write lines without names (S4 §1.3) and stop at them for ever. Ours passes over them and
/// goes on at the next newline; a reader that starts inside a line loses that line only.
public sealed interface BinlogLine {
  /// Bytes of the line with its newline: what an offset advances by.
  int bytes();

  /// A line that says something.
  record Entry(BinlogRecord record, int bytes) implements BinlogLine {}

  /// A line that says nothing that can be understood.
  ///
  /// @param why the field that is wrong
  record Broken(String why, int bytes) implements BinlogLine {}

  /// Reads the next line and moves past it.
  ///
  /// @return empty when no whole line is there yet; a text without newline that is longer than any line
  ///   can be is a broken line of that length
  static Optional<BinlogLine> read(ByteBuf in) {
    int start = in.readerIndex();
    int newline = in.indexOf(start, in.writerIndex(), (byte) '\n');
    if (newline < 0) {
      if (in.readableBytes() < BinlogRecord.LINE_MAX) {
        return Optional.empty();
      }
      int bytes = in.readableBytes();
      in.skipBytes(bytes);
      return Optional.of(new Broken("binlog_line: " + bytes + " bytes without an end", bytes));
    }
    int bytes = newline + 1 - start;
    in.skipBytes(bytes);
    if (bytes > BinlogRecord.LINE_MAX) {
      return Optional.of(new Broken("binlog_line: " + bytes + " bytes", bytes));
    }
    return Optional.of(parse(in.toString(start, bytes - 1, StandardCharsets.ISO_8859_1), bytes));
  }

  private static BinlogLine parse(String line, int bytes) {
    try {
      return new Entry(BinlogRecord.parse(line), bytes);
    } catch (MalformedException e) {
      return new Broken(String.valueOf(e.getMessage()), bytes);
    }
  }
}
