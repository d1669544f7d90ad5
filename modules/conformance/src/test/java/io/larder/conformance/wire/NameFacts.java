package io.larder.conformance.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;

/// What stands in a logical name `M00/HH/HH/` + 27 characters + tail, read here once more and by other means than the
/// product reads it.
///
/// @param source the four bytes of the storage: an address, or an id with its lowest byte first
/// @param time when the content was complete
/// @param sizeField size, kind and random bits
/// @param crc32 CRC32 of the content, for plain files
/// @param tail what follows the coded part
public record NameFacts(int source, Instant time, long sizeField, int crc32, String tail) {
  private static final int CODED_FROM = 10;
  private static final int CODED_TO = 37;
  private static final int ID_MAX = 0x00FF_FFFF;

  /// Reads a logical name.
  public static NameFacts of(String name) {
    ByteBuffer coded =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(name.substring(CODED_FROM, CODED_TO)));
    return new NameFacts(
        coded.getInt(),
        Instant.ofEpochSecond(coded.getInt()),
        coded.getLong(),
        coded.getInt(),
        name.substring(CODED_TO));
  }

  /// The size of a plain file below 4 GiB.
  public long size() {
    return sizeField & 0xFFFF_FFFFL;
  }

  /// Whether the name is that of a file that can be changed.
  public boolean isAppender() {
    return (sizeField >>> 58 & 1) == 1;
  }

  /// Whether the file lies in a trunk file.
  public boolean isTrunk() {
    return (sizeField >>> 59 & 1) == 1;
  }

  /// Whether the size field has the bit of files below 4 GiB.
  public boolean hasRandomBits() {
    return sizeField < 0;
  }

  /// The storage as the lists of the tracker name it: its id, or its address.
  public String storage() {
    int id = Integer.reverseBytes(source);
    if (id > 0 && id <= ID_MAX) {
      return Integer.toString(id);
    }
    byte[] ip = ByteBuffer.allocate(4).order(ByteOrder.BIG_ENDIAN).putInt(source).array();
    return (ip[0] & 0xFF) + "." + (ip[1] & 0xFF) + "." + (ip[2] & 0xFF) + "." + (ip[3] & 0xFF);
  }
}
