package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// The 24 bytes in front of a file in a trunk file (S3 §9.3).
///
/// A slot belongs to a name only if all 24 bytes are those that the name asks for: that is what makes
/// it safe to use slots again.
///
/// @param type [#FILE], [#LINK] or 0 when the slot is free
/// @param slotSize bytes of the slot, this header included
/// @param fileSize bytes of content
/// @param crc32 CRC32 of the content; random for a link
/// @param modifiedAt epoch seconds, the timestamp in the name
/// @param tail the last seven characters of the name; NULs when free
public record TrunkSlotHeader(
    int type, int slotSize, int fileSize, int crc32, int modifiedAt, String tail) {
  /// Size on disk.
  public static final int SIZE = 24;

  /// A file.
  public static final int FILE = 'F';

  /// The content is the logical name of another file.
  public static final int LINK = 'L';

  private static final int TAIL = 7;
  private static final String NO_TAIL = "\0".repeat(TAIL);

  /// A slot that was never used or that a delete has zeroed.
  public static final TrunkSlotHeader FREE = new TrunkSlotHeader(0, 0, 0, 0, 0, NO_TAIL);

  public TrunkSlotHeader {
    if (tail.length() != TAIL) {
      throw new MalformedException("slot_tail: " + tail.length() + " bytes (7 needed)");
    }
  }

  /// The header that a name asks for.
  ///
  /// @param facts the facts of that name, of a trunk file
  public static TrunkSlotHeader of(LogicalName name, FileFacts facts, int type) {
    TrunkPlace place = facts.trunk().orElseThrow();
    String text = name.text();
    return new TrunkSlotHeader(
        type,
        place.slotSize(),
        (int) facts.size().orElseThrow(),
        facts.crc32(),
        facts.timestamp(),
        text.substring(text.length() - TAIL));
  }

  /// Reads a header and moves past it; any 24 bytes are one.
  public static TrunkSlotHeader read(ByteBuf in) {
    return new TrunkSlotHeader(
        in.readUnsignedByte(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readCharSequence(TAIL, StandardCharsets.ISO_8859_1).toString());
  }

  /// Appends the header.
  public void write(ByteBuf out) {
    out.writeByte(type);
    out.writeInt(slotSize);
    out.writeInt(fileSize);
    out.writeInt(crc32);
    out.writeInt(modifiedAt);
    out.writeCharSequence(tail, StandardCharsets.ISO_8859_1);
  }

  /// Whether a slot with this header may be written: CRC, time and tail are zero, whatever the rest.
  public boolean isFree() {
    return crc32 == 0 && modifiedAt == 0 && tail.equals(NO_TAIL);
  }

  /// Whether the slot holds the file of a name.
  public boolean holds(LogicalName name, FileFacts facts) {
    return (type == FILE || type == LINK) && equals(of(name, facts, type));
  }
}
