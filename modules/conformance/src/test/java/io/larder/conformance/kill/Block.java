package io.larder.conformance.kill;

import java.nio.ByteBuffer;
import java.util.Base64;

/// A piece of a trunk file.
///
/// @param file store path, directories and number of the trunk file
/// @param offset where it begins
/// @param size its bytes
record Block(String file, int offset, int size) {
  private static final int CODED_FROM = 37;
  private static final int CODED_TO = 53;

  /// The slot that a name leads to.
  static Block of(String packedName) {
    ByteBuffer place =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(packedName.substring(CODED_FROM, CODED_TO)));
    String directories = packedName.substring(4, 9);
    int storePath = Integer.parseInt(packedName.substring(1, 3), 16);
    return new Block(file(storePath, directories, place.getInt()), place.getInt(), place.getInt());
  }

  /// The block of a line `<seconds> <A|D> <store path> <high> <low> <trunk file> <offset> <size>`.
  static Block of(String[] line) {
    String directories =
        "%02X/%02X".formatted(Integer.parseInt(line[3]), Integer.parseInt(line[4]));
    return new Block(
        file(Integer.parseInt(line[2]), directories, Integer.parseInt(line[5])),
        Integer.parseInt(line[6]),
        Integer.parseInt(line[7]));
  }

  private static String file(int storePath, String directories, int number) {
    return "M%02X/%s/%06d".formatted(storePath, directories, number);
  }

  int end() {
    return offset + size;
  }

  boolean holds(Block other) {
    return file.equals(other.file) && offset <= other.offset && other.end() <= end();
  }

  boolean overlaps(Block other) {
    return file.equals(other.file) && offset < other.end() && other.offset < end();
  }
}
