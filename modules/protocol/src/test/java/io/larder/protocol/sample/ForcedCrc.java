package io.larder.protocol.sample;

import java.util.zip.CRC32;

/// Makes content whose CRC32 is given.
public final class ForcedCrc {
  private static final int POLYNOMIAL = 0xEDB8_8320;
  private static final int[] TABLE = table();

  private ForcedCrc() {}

  /// A pattern whose last four bytes force the CRC32.
  ///
  /// @param size bytes, at least 4
  public static byte[] content(int size, int crc32) {
    byte[] content = new byte[size];
    for (int i = 0; i < size - Integer.BYTES; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    CRC32 crc = new CRC32();
    crc.update(content, 0, size - Integer.BYTES);
    int register = ~(int) crc.getValue();
    int[] picks = picks(~crc32);
    for (int i = 0; i < Integer.BYTES; i++) {
      int pick = picks[Integer.BYTES - 1 - i];
      content[size - Integer.BYTES + i] = (byte) (register ^ pick);
      register = TABLE[pick] ^ (register >>> 8);
    }
    return content;
  }

  /// Backwards: which entry of the table made the top byte.
  private static int[] picks(int wanted) {
    int[] picks = new int[Integer.BYTES];
    int left = wanted;
    for (int i = 0; i < Integer.BYTES; i++) {
      picks[i] = indexOfTop(left >>> 24);
      left = (left ^ TABLE[picks[i]]) << 8;
    }
    return picks;
  }

  private static int indexOfTop(int top) {
    for (int i = 0; i < TABLE.length; i++) {
      if (TABLE[i] >>> 24 == top) {
        return i;
      }
    }
    throw new IllegalStateException("no entry with top " + top);
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int entry = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        entry = (entry & 1) != 0 ? entry >>> 1 ^ POLYNOMIAL : entry >>> 1;
      }
      table[i] = entry;
    }
    return table;
  }
}
