package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;

/// One line of a tracker's `data/storage_changelog.dat`, which storages fetch with command 77 (S2 §1.10).
///
/// @param timestamp epoch seconds
/// @param group the group
/// @param storageId the storage; for a change of address the old one
/// @param status 4 deleted, 3 address changed
/// @param argument the new address; empty when deleted
public record ChangelogLine(
    long timestamp, String group, String storageId, int status, String argument) {
  private static final int FIELDS = 5;

  /// Reads a line without its newline.
  ///
  /// @throws MalformedException when it does not have five fields or a number is none
  public static ChangelogLine parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new MalformedException("changelog_line: " + fields.length + " fields (5 needed)");
    }
    try {
      return new ChangelogLine(
          Long.parseLong(fields[0]), fields[1], fields[2], Integer.parseInt(fields[3]), fields[4]);
    } catch (NumberFormatException e) {
      throw new MalformedException("changelog_line: no number in '" + line + "'");
    }
  }

  /// The line with its newline.
  public String text() {
    return timestamp + " " + group + " " + storageId + " " + status + " " + argument + "\n";
  }
}
