package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// `data/.fastdfs_vars`: whose store path this is (S3 §3).
///
/// The mark is compared as an opaque text; what is coded in it is for people.
///
/// @param mark the text, the same as in [DataInitFlag]
public record StorePathMark(String mark) {
  private static final String KEY = "store_path_mark";
  private static final int IP = 46;
  private static final int PORT_AT = 46;
  private static final int INDEX_AT = 48;
  private static final int CREATED_AT = 52;
  private static final int SIZE = 56;

  /// What a mark says.
  ///
  /// @param createdAt epoch seconds
  public record Owner(String ip, int port, int storePath, int createdAt) {}

  /// Reads the file.
  ///
  /// @throws MalformedException when it has no mark
  public static StorePathMark parse(String text) {
    return new StorePathMark(KeyValues.parse(text).text(KEY));
  }

  /// A new mark.
  public static StorePathMark of(Owner owner) {
    byte[] ip = owner.ip.getBytes(StandardCharsets.ISO_8859_1);
    if (ip.length >= IP) {
      throw new MalformedException("store_path_mark: address of " + ip.length + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, ip);
    bytes.putShort(PORT_AT, (short) owner.port);
    bytes.put(INDEX_AT, (byte) owner.storePath);
    bytes.putInt(CREATED_AT, owner.createdAt);
    return new StorePathMark(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()));
  }

  /// What the mark says; empty when it is of another form (marks of before 6.11 are).
  public Optional<Owner> owner() {
    byte[] decoded;
    try {
      decoded = Base64.getUrlDecoder().decode(mark);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (decoded.length != SIZE) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN);
    String ip = new String(decoded, 0, IP, StandardCharsets.ISO_8859_1);
    int nul = ip.indexOf(0);
    return Optional.of(
        new Owner(
            nul < 0 ? ip : ip.substring(0, nul),
            bytes.getShort(PORT_AT) & 0xFFFF,
            bytes.get(INDEX_AT) & 0xFF,
            bytes.getInt(CREATED_AT)));
  }

  /// The whole file.
  public String text() {
    return KEY + "=" + mark + "\n";
  }
}
