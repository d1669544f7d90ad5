package io.larder.protocol.disk;

import java.util.HexFormat;

/// Where files lie below a base path or a store path (S3 §1, S4 §2, §3). All results are relative
/// texts with `/`.
public final class DataLayout {
  /// What a metadata file's name ends with.
  public static final String METADATA_SUFFIX = "-m";

  /// The directory below a store path that holds its files.
  public static final String DATA = "data";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int TRUNK_DIGITS = 6;

  private DataLayout() {}

  /// `HH/LL`, below `data`.
  public static String directory(int high, int low) {
    return HEX.toHexDigits((byte) high) + "/" + HEX.toHexDigits((byte) low);
  }

  /// `HH`, the outer directory below `data`.
  public static String outerDirectory(int high) {
    return HEX.toHexDigits((byte) high);
  }

  /// The file name of a trunk file: its number in at least six digits.
  public static String trunkFileName(int trunkFileId) {
    String digits = Integer.toString(trunkFileId);
    return "0".repeat(Math.max(0, TRUNK_DIGITS - digits.length())) + digits;
  }

  /// `data/sync/binlog.NNN`, below the base path.
  public static String binlog(int index) {
    String digits = Integer.toString(index);
    return "data/sync/binlog." + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
  }

  /// `data/sync/<peer>.mark` for a peer with a storage id.
  public static String markOfId(String storageId) {
    return "data/sync/" + storageId + ".mark";
  }

  /// `data/sync/<ip>_<port>.mark` for a peer without: its address and **our own** port.
  public static String markOfAddress(String peerIp, int ownPort) {
    return "data/sync/" + peerIp + "_" + ownPort + ".mark";
  }
}
