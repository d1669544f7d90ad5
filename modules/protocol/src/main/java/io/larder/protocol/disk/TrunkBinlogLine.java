package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.TrunkPlace;

/// One line of the trunk binlog, and of the snapshot of free blocks: a block of a trunk file came to
/// the free space or left it (S3 §9.5, §9.6).
///
/// @param timestamp epoch seconds
/// @param added whether the block became free (`A`) or was taken (`D`)
/// @param storePath index of the store path
/// @param high outer directory
/// @param low inner directory
/// @param place trunk file, offset and size of the block
public record TrunkBinlogLine(
    long timestamp, boolean added, int storePath, int high, int low, TrunkPlace place) {
  private static final int FIELDS = 8;

  /// Reads a line without its newline.
  ///
  /// @throws MalformedException when it has fewer or more fields, or one is wrong
  public static TrunkBinlogLine parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new MalformedException("trunk_line: " + fields.length + " fields (8 needed)");
    }
    boolean added = fields[1].equals("A");
    if (!added && !fields[1].equals("D")) {
      throw new MalformedException("trunk_op: '" + fields[1] + "' (A or D allowed)");
    }
    return new TrunkBinlogLine(
        number(fields, 0, Long.MAX_VALUE),
        added,
        (int) number(fields, 2, 0xFF),
        (int) number(fields, 3, 0xFF),
        (int) number(fields, 4, 0xFF),
        new TrunkPlace(
            (int) number(fields, 5, Integer.MAX_VALUE),
            (int) number(fields, 6, Integer.MAX_VALUE),
            (int) number(fields, 7, Integer.MAX_VALUE)));
  }

  private static long number(String[] fields, int at, long max) {
    try {
      long number = Long.parseLong(fields[at]);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for numbers out of range
    }
    throw new MalformedException("trunk_line: '" + fields[at] + "' in field " + at);
  }

  /// The line with its newline.
  public String text() {
    return timestamp
        + (added ? " A " : " D ")
        + storePath
        + " "
        + high
        + " "
        + low
        + " "
        + place.trunkFileId()
        + " "
        + place.offset()
        + " "
        + place.slotSize()
        + "\n";
  }
}
