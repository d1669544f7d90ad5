package io.larder.server.dump;

import io.larder.protocol.disk.BinlogRecord;
import java.util.OptionalLong;

/// Which records are shown.
///
/// @param name a part of a name that they must have; empty for any
/// @param ops the letters of their operations, upper case for a client's, lower case for a peer's; empty for any
/// @param since epoch seconds from which on
/// @param until epoch seconds up to which, inclusive
/// @param brokenOnly whether only lines that cannot be read are shown
public record BinlogFilter(
    String name, String ops, OptionalLong since, OptionalLong until, boolean brokenOnly) {
  boolean takes(BinlogRecord record) {
    return !brokenOnly
        && (ops.isEmpty() || ops.indexOf(letter(record)) >= 0)
        && record.timestamp() >= since.orElse(Long.MIN_VALUE)
        && record.timestamp() <= until.orElse(Long.MAX_VALUE)
        && (name.isEmpty() || hasName(record.change()));
  }

  /// Broken lines are shown unless something is asked for that they do not have.
  boolean takesBroken() {
    return brokenOnly || (name.isEmpty() && ops.isEmpty() && since.isEmpty() && until.isEmpty());
  }

  private boolean hasName(BinlogRecord.Change change) {
    return change.name().contains(name)
        || (change instanceof BinlogRecord.Link(String _, String source) && source.contains(name))
        || (change instanceof BinlogRecord.Rename(String _, String old) && old.contains(name));
  }

  /// The letter as it stands in the file.
  static char letter(BinlogRecord record) {
    char op = record.change().op();
    return record.replicated() ? Character.toLowerCase(op) : op;
  }
}
