package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// The identity of a storage inside its group: a decimal number with storage ids, else its IP text.
///
/// Lists of storages are sorted by these texts in byte order, so `10.0.0.10` stands before
/// `10.0.0.9` (S2 §3.3).
///
/// @param text 1 to 15 printable ASCII characters
public record StorageId(String text) implements Comparable<StorageId> {
  /// Longest text in bytes; its wire field has 16.
  public static final int BYTES_MAX = 15;

  /// Largest number that a file name can carry as a storage id (S1 §5.1).
  public static final int NUMBER_MAX = 0x00FF_FFFF;

  public StorageId {
    if (text.isEmpty()
        || text.length() > BYTES_MAX
        || !text.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new MalformedException(
          "storage_id: '" + text + "' (1 to 15 printable characters without blanks are allowed)");
    }
  }

  /// Reads a storage id.
  ///
  /// @throws MalformedException when it is empty, longer than 15 or not printable
  public static StorageId of(String text) {
    return new StorageId(text);
  }

  @Override
  public int compareTo(StorageId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
