package io.larder.protocol.fileid;

import java.nio.charset.StandardCharsets;

/// What goes into the name of a new file; the methods make the names (S1 §5.1, §5.2, §5.5).
///
/// Pure: the random bits come from the caller, who also sees to it that a name is not given twice.
/// Runs once per upload, so a name costs one array and one string.
///
/// @param directory where the file will lie
/// @param source the storage that makes the name
/// @param timestamp epoch seconds
/// @param crc32 CRC32 of the content; for links any random bits
/// @param extension the extension; its free places are filled with digits
/// @param random 64 random bits: the low 23 go into the size field, the high half makes the digits
public record NewName(
    Directory directory,
    Source source,
    int timestamp,
    int crc32,
    Extension extension,
    long random) {
  /// A directory of a store path.
  ///
  /// @param storePath index of the store path, 0..255
  /// @param high index of the outer directory, 0..255
  /// @param low index of the inner directory, 0..255
  public record Directory(int storePath, int high, int low) {
    public Directory {
      if (((storePath | high | low) & ~0xFF) != 0) {
        throw new IllegalArgumentException("directory " + storePath + "/" + high + "/" + low);
      }
    }

    /// The directory that a name lies in.
    public static Directory of(LogicalName name) {
      return new Directory(name.storePath(), name.high(), name.low());
    }
  }

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /// The name of a plain file; from 4 GiB on the size stands without random bits.
  public LogicalName plain(long size) {
    return name(SizeField.plain(size, (int) random));
  }

  /// The name of an appender, whose size is not in its name.
  public LogicalName appender() {
    return name(SizeField.appender((int) random));
  }

  /// The name of a file in a trunk slot.
  public LogicalName trunk(long size, TrunkPlace place) {
    byte[] name = new byte[FileFacts.TRUNK_LENGTH];
    putDirectory(name);
    putCoded(name, LogicalName.DIRECTORIES, SizeField.trunk(size, (int) random));
    long first = ((long) place.trunkFileId() << 32) | (place.offset() & 0xFFFF_FFFFL);
    int placeAt = LogicalName.DIRECTORIES + FileFacts.CODED;
    Base64Name.encode(name, placeAt, TrunkPlace.DIGITS, first, (long) place.slotSize() << 32, 0);
    putTail(name);
    return text(name);
  }

  /// The name that an appender gets when it becomes a plain file: its directory stays, and the last
  /// seven characters of its old name are kept as they are (S1 §4.11).
  public static LogicalName regenerated(
      LogicalName appender, Source source, int timestamp, int crc32, long size, int random) {
    NewName made =
        new NewName(Directory.of(appender), source, timestamp, crc32, Extension.NONE, random);
    byte[] name = new byte[FileFacts.PLAIN_LENGTH];
    made.putDirectory(name);
    made.putCoded(name, LogicalName.DIRECTORIES, SizeField.plain(size, random));
    String old = appender.text();
    for (int i = 1; i <= FileFacts.TAIL; i++) {
      name[name.length - i] = (byte) old.charAt(old.length() - i);
    }
    return text(name);
  }

  /// The coded part alone: 27 characters that the hash of directories is made of ([DirectoryHash]).
  public byte[] coded(long size) {
    byte[] coded = new byte[FileFacts.CODED];
    putCoded(coded, 0, SizeField.plain(size, (int) random));
    return coded;
  }

  private LogicalName name(long sizeField) {
    byte[] name = new byte[FileFacts.PLAIN_LENGTH];
    putDirectory(name);
    putCoded(name, LogicalName.DIRECTORIES, sizeField);
    putTail(name);
    return text(name);
  }

  private void putDirectory(byte[] name) {
    name[0] = 'M';
    putHex(name, 1, directory.storePath);
    name[3] = '/';
    putHex(name, 4, directory.high);
    name[6] = '/';
    putHex(name, 7, directory.low);
    name[9] = '/';
  }

  private void putCoded(byte[] name, int at, long sizeField) {
    long first = ((long) source.bits() << 32) | (timestamp & 0xFFFF_FFFFL);
    Base64Name.encode(name, at, FileFacts.CODED, first, sizeField, (long) crc32 << 32);
  }

  private void putTail(byte[] name) {
    String text = extension.text();
    int end = name.length - text.length();
    for (int i = 0; i < text.length(); i++) {
      name[end + i] = (byte) text.charAt(i);
    }
    if (!text.isEmpty()) {
      name[--end] = '.';
    }
    long digits = random >>> 32;
    for (int i = name.length - FileFacts.TAIL; i < end; i++) {
      name[i] = (byte) ('0' + digits % 10);
      digits /= 10;
    }
  }

  private static void putHex(byte[] name, int at, int value) {
    name[at] = HEX[value >>> 4];
    name[at + 1] = HEX[value & 0xF];
  }

  private static LogicalName text(byte[] name) {
    return new LogicalName(new String(name, StandardCharsets.ISO_8859_1));
  }
}
