package io.larder.protocol.fileid;

/// What any name is taken to say, right or wrong: the lenient decode by which requests are routed and
/// by which storages tell appenders and trunk files (S1 §2.2, §5.6, §5.11).
///
/// Foreign characters in the coded part are passed over and missing ones are zero, so a nonsense name
/// gives nonsense facts; they are good for a guess that something else confirms, never to be believed.
///
/// @param source where the file may have been uploaded
/// @param timestamp when, epoch seconds
/// @param sizeField the size field with its flags
/// @param crc32 the CRC field
/// @param nameLength length of the logical name with `Mxx/`
public record RoutingFacts(
    Source source, int timestamp, long sizeField, int crc32, int nameLength) {

  /// The facts of any text of a query to a tracker; the coded part is looked for where a logical name
  /// has it.
  public static RoutingFacts of(String name) {
    return of(name, LogicalName.DIRECTORIES, name.length());
  }

  /// The facts of a name that a storage has accepted.
  public static RoutingFacts of(LogicalName name) {
    return of(name.text(), name.codedAt(), name.fullLength());
  }

  private static RoutingFacts of(String text, int codedAt, int nameLength) {
    byte[] values = Base64Name.lenientValues(text, codedAt, FileFacts.CODED);
    return new RoutingFacts(
        new Source(Base64Name.bits32(values, 0)),
        Base64Name.bits32(values, 32),
        Base64Name.bits64(values, 64),
        Base64Name.bits32(values, 128),
        nameLength);
  }

  /// Whether the file can be appended to and changed. A slave of an appender can be, too.
  public boolean isAppender() {
    return SizeField.isAppender(sizeField);
  }

  /// Whether the name is long enough to be a slave's. Test [#isAppender] first.
  public boolean isSlave() {
    return nameLength > FileFacts.TRUNK_LENGTH
        || (nameLength > FileFacts.PLAIN_LENGTH && !hasTrunkFlag());
  }

  /// Whether the file may lie in a trunk file: flag and length are right. The slot's header decides.
  public boolean isTrunk() {
    return hasTrunkFlag() && nameLength == FileFacts.TRUNK_LENGTH;
  }

  /// Whether the file never changes: neither appender nor slave.
  public boolean isNormal() {
    return !isAppender() && !isSlave();
  }

  /// The size that the name gives; of appenders and slaves it is not the file's.
  public long size() {
    return SizeField.size(sizeField);
  }

  boolean hasTrunkFlag() {
    return SizeField.isTrunk(sizeField);
  }
}
