package io.larder.protocol.fileid;

import java.util.OptionalInt;

/// The four bytes of a file name that tell where the file was uploaded: an IPv4 address in natural
/// order, or a storage id in little-endian order (S1 §5.1).
///
/// Read as a little-endian number, 1 to 2^24-1 is a storage id and all else an address; an address
/// that ends in `.0` is therefore taken as an id, as every implementation does.
///
/// @param bits the four bytes as a big-endian number
public record Source(int bits) {
  /// The source of a storage with an id.
  public static Source ofStorageId(int id) {
    if (id < 1 || id > StorageId.NUMBER_MAX) {
      throw new IllegalArgumentException("storage id " + id);
    }
    return new Source(Integer.reverseBytes(id));
  }

  /// The source of a storage with an IPv4 address.
  ///
  /// @throws IllegalArgumentException when the text is not four decimal numbers of 0..255
  public static Source ofIpv4(String ip) {
    int bits = 0;
    int parts = 0;
    for (String part : ip.split("\\.", -1)) {
      boolean digits = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      int value = digits && part.length() <= 3 ? Integer.parseInt(part) : -1;
      if (value < 0 || value > 0xFF) {
        throw new IllegalArgumentException("no IPv4 address: " + ip);
      }
      bits = bits << 8 | value;
      parts++;
    }
    if (parts != 4) {
      throw new IllegalArgumentException("no IPv4 address: " + ip);
    }
    return new Source(bits);
  }

  /// The storage id; empty when the bytes are an address.
  public OptionalInt storageId() {
    int number = Integer.reverseBytes(bits);
    boolean id = number > 0 && number <= StorageId.NUMBER_MAX;
    return id ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /// The bytes as the text of an IPv4 address, whatever they are.
  public String ipv4() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xFF)
        + "."
        + (bits >>> 8 & 0xFF)
        + "."
        + (bits & 0xFF);
  }

  @Override
  public String toString() {
    OptionalInt id = storageId();
    return id.isPresent() ? Integer.toString(id.getAsInt()) : ipv4();
  }
}
