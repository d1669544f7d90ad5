package io.larder.protocol.fileid;

import java.util.Optional;
import java.util.OptionalLong;

/// What a name alone proves about a file: the strict decode of S1 §5.11.
///
/// Facts exist only when the name has a form that a name maker makes, to the last character. Any other
/// name has no facts; that is never an error by itself, the fact is asked of the disk or the source.
///
/// @param source where the file was uploaded
/// @param timestamp epoch seconds of its creation (of a slave: its master's)
/// @param size bytes of content; empty for appenders and slaves, whose size only a storage knows
/// @param crc32 the name's CRC field; whether it is the CRC of the content: [#crcIsOfContent]
/// @param kind what kind of file has such a name
/// @param trunk the place in a trunk file, present for [Kind#TRUNK] only
public record FileFacts(
    Source source,
    int timestamp,
    OptionalLong size,
    int crc32,
    Kind kind,
    Optional<TrunkPlace> trunk) {
  /// Kinds of files, by their names (S1 §5.6). A link looks like a plain or trunk file.
  public enum Kind {
    PLAIN,
    TRUNK,
    APPENDER,
    SLAVE,
    /// A slave of an appender, which can be changed like one.
    APPENDER_SLAVE
  }

  static final int CODED = 27;

  /// Length of the coded part of a file name, which a file shares with its slaves.
  public static final int CODED_LENGTH = CODED;

  static final int TAIL = 7;

  /// Length of a plain file's logical name.
  public static final int PLAIN_LENGTH = LogicalName.DIRECTORIES + CODED + TAIL;

  /// Length of a trunk file's logical name.
  public static final int TRUNK_LENGTH = PLAIN_LENGTH + TrunkPlace.DIGITS;

  /// Timestamps below this (September 2001, years before the first release) are no timestamps.
  static final int TIMESTAMP_MIN = 1_000_000_000;

  /// Reads the facts of a name.
  ///
  /// @return empty when the name is of no form that is made for files
  public static Optional<FileFacts> of(LogicalName name) {
    if (name.fullLength() < PLAIN_LENGTH) {
      return Optional.empty();
    }
    return Base64Name.strictValues(name.text(), name.codedAt(), CODED)
        .flatMap(values -> of(name, values));
  }

  /// Whether the coded part is one that name makers make, whatever stands behind it: so it is of every
  /// file and of every slave, also of those whose length tells nothing (S3 §2.1).
  public static boolean isCoded(LogicalName name) {
    return name.fullLength() >= LogicalName.DIRECTORIES + CODED
        && Base64Name.strictValues(name.text(), name.codedAt(), CODED)
            .filter(FileFacts::isPlausible)
            .isPresent();
  }

  private static boolean isPlausible(byte[] values) {
    return Base64Name.bits32(values, 0) != 0
        && Base64Name.bits32(values, 32) >= TIMESTAMP_MIN
        && SizeField.isPlausible(Base64Name.bits64(values, 64));
  }

  /// Whether the CRC field is the CRC32 of the content: so for plain and trunk files, unless the name
  /// is a link's, which only a storage knows (S3 §2.1).
  public boolean crcIsOfContent() {
    return kind == Kind.PLAIN || kind == Kind.TRUNK;
  }

  private static Optional<FileFacts> of(LogicalName name, byte[] values) {
    if (!isPlausible(values)) {
      return Optional.empty();
    }
    Source source = new Source(Base64Name.bits32(values, 0));
    int timestamp = Base64Name.bits32(values, 32);
    long field = Base64Name.bits64(values, 64);
    int crc32 = Base64Name.bits32(values, 128);
    return kind(name, field).map(kind -> facts(name, source, timestamp, field, crc32, kind));
  }

  private static Optional<Kind> kind(LogicalName name, long field) {
    int length = name.fullLength();
    boolean appender = SizeField.isAppender(field);
    if (length == PLAIN_LENGTH && !SizeField.isTrunk(field)) {
      boolean whole = isTail(name.text(), name.text().length() - TAIL);
      return whole ? Optional.of(appender ? Kind.APPENDER : Kind.PLAIN) : Optional.empty();
    }
    if (length == TRUNK_LENGTH && SizeField.isTrunk(field)) {
      boolean whole = isTail(name.text(), name.text().length() - TAIL) && place(name).isPresent();
      return whole ? Optional.of(Kind.TRUNK) : Optional.empty();
    }
    if (length > TRUNK_LENGTH || (length > PLAIN_LENGTH && !SizeField.isTrunk(field))) {
      return Optional.of(appender ? Kind.APPENDER_SLAVE : Kind.SLAVE);
    }
    return Optional.empty();
  }

  private static FileFacts facts(
      LogicalName name, Source source, int timestamp, long field, int crc32, Kind kind) {
    boolean sized = kind == Kind.PLAIN || kind == Kind.TRUNK;
    OptionalLong size = sized ? OptionalLong.of(SizeField.size(field)) : OptionalLong.empty();
    Optional<TrunkPlace> trunk = kind == Kind.TRUNK ? place(name) : Optional.empty();
    return new FileFacts(source, timestamp, size, crc32, kind, trunk);
  }

  private static Optional<TrunkPlace> place(LogicalName name) {
    return Base64Name.strictValues(name.text(), name.codedAt() + CODED, TrunkPlace.DIGITS)
        .map(FileFacts::placeOf)
        .filter(place -> place.trunkFileId() >= 0 && place.offset() >= 0 && place.slotSize() > 0);
  }

  static TrunkPlace placeOf(byte[] values) {
    return new TrunkPlace(
        Base64Name.bits32(values, 0), Base64Name.bits32(values, 32), Base64Name.bits32(values, 64));
  }

  /// Seven digits, or digits, a dot and the rest an extension (S1 §5.5); or what the hidden sources of links have.
  static boolean isTail(String text, int at) {
    if (SourceNames.isTail(text, at)) {
      return true;
    }
    int digits = 0;
    while (digits < TAIL && NameCharacters.isDigit(text.charAt(at + digits))) {
      digits++;
    }
    if (digits == TAIL) {
      return true;
    }
    boolean whole = text.charAt(at + digits) == '.' && digits < TAIL - 1;
    for (int i = at + digits; i < at + TAIL; i++) {
      whole &= NameCharacters.isAllowed(text.charAt(i));
    }
    return whole;
  }
}
