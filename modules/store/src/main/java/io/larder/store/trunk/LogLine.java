package io.larder.store.trunk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.NewName;

/// One line of the log or the snapshot, read from bytes without making texts: a log may have millions. Reusable, owned
/// by the reader. The form is that of [io.larder.protocol.disk.TrunkBinlogLine].
final class LogLine {
  private static final int BYTE_MAX = 0xFF;
  private static final int DIGITS_MAX = 19;

  private byte[] bytes = {};
  private int at;
  private int end;
  private TrunkFile file = new TrunkFile(new NewName.Directory(0, 0, 0), 0);
  private long timestamp;
  private boolean added;
  private int offset;
  private int size;

  /// Reads a line of 8 fields.
  ///
  /// @return false when it is none
  boolean read(byte[] line, int from, int to) {
    start(line, from, to);
    timestamp = number(Long.MAX_VALUE);
    return timestamp >= 0 && space() && operation() && space() && block();
  }

  /// Reads a line of a snapshot from before 5.01: 6 fields, without time and operation.
  ///
  /// @return false when it is none
  boolean readShort(byte[] line, int from, int to) {
    start(line, from, to);
    added = true;
    return block();
  }

  private void start(byte[] line, int from, int to) {
    bytes = line;
    at = from;
    end = to;
  }

  private boolean operation() {
    added = at < end && bytes[at] == 'A';
    boolean known = added || (at < end && bytes[at] == 'D');
    at++;
    return known;
  }

  private boolean block() {
    int path = field(BYTE_MAX);
    int high = field(BYTE_MAX);
    int low = field(BYTE_MAX);
    int id = field(Integer.MAX_VALUE);
    offset = field(Integer.MAX_VALUE);
    size = (int) number(Integer.MAX_VALUE);
    if ((path | high | low | id | offset) < 0
        || size < 1
        || at != end
        || offset > Integer.MAX_VALUE - size) {
      return false;
    }
    keepFile(path, high, low, id);
    return true;
  }

  /// A number and the space behind it; negative when there is none. After one failure all further ones fail.
  private int field(int max) {
    int number = (int) number(max);
    if (number < 0 || !space()) {
      at = end + 1;
      return -1;
    }
    return number;
  }

  private long number(long max) {
    long number = 0;
    int first = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + (bytes[at] - '0');
      at++;
    }
    boolean fits = at > first && at - first <= DIGITS_MAX && number >= 0 && number <= max;
    return fits ? number : -1;
  }

  private boolean space() {
    boolean there = at < end && bytes[at] == ' ';
    at++;
    return there;
  }

  /// Lines that follow each other often speak of one file.
  private void keepFile(int path, int high, int low, int id) {
    NewName.Directory in = file.directory();
    if (file.id() != id || in.storePath() != path || in.high() != high || in.low() != low) {
      file = new TrunkFile(new NewName.Directory(path, high, low), id);
    }
  }

  /// Epoch seconds; not of a short line.
  long timestamp() {
    return timestamp;
  }

  boolean added() {
    return added;
  }

  TrunkFile file() {
    return file;
  }

  int offset() {
    return offset;
  }

  /// The block.
  ///
  /// @throws MalformedException never after a successful read
  TrunkSpan span() {
    return new TrunkSpan(file, offset, size);
  }
}
