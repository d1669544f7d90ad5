package io.larder.store.intent;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogPosition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// How entries of an intent journal lie on disk (`docs/on-disk-format.md`): big-endian; magic, length and CRC32 of the
/// body, then the body: epoch, sequence, kind, and what the kind needs.
///
/// An epoch is one pass over the file from its beginning; entries of an older one that still lie behind are none.
final class IntentForm {
  /// Bytes before the body: magic, length, CRC32.
  static final int HEAD_BYTES = 12;

  private static final int MAGIC = 0x4C445249; // "LDRI"
  private static final int BODY_MIN = 17;

  /// A longer body is no entry; bodies of changes are limited by the buffer of a connection.
  private static final int BODY_MAX = 64 << 20;

  private static final int CLEAR = 0;
  private static final int CANCEL = 1;
  private static final int NOTHING = 2;
  private static final int BYTES = 3;
  private static final int STAGED = 4;

  private IntentForm() {}

  /// What stands in a journal.
  sealed interface Entry {
    /// The pass over the file that it belongs to.
    long epoch();
  }

  /// Nothing is under way.
  record Clear(long epoch) implements Entry {}

  /// An intent was given up, and what was done of it taken back.
  record Cancel(long epoch, long sequence) implements Entry {}

  /// Something is going to be done.
  record Noted(long epoch, Intent intent) implements Entry {}

  // ---- writing

  static void clear(ByteBuf out, long epoch) {
    int at = begin(out, epoch, 0, CLEAR);
    end(out, at);
  }

  static void cancel(ByteBuf out, long epoch, long sequence) {
    int at = begin(out, epoch, sequence, CANCEL);
    end(out, at);
  }

  /// @param bytes the payload, or `null`
  /// @param staged the name of the file with the payload, or `null`
  static void note(
      ByteBuf out,
      long epoch,
      long sequence,
      BinlogPosition position,
      BinlogRecord.Change change,
      @Nullable ByteBuf bytes,
      @Nullable String staged) {
    int kind = bytes != null ? BYTES : staged != null ? STAGED : NOTHING;
    int at = begin(out, epoch, sequence, kind);
    out.writeInt(position.file());
    out.writeLong(position.offset());
    int lengthAt = out.writerIndex();
    out.writeShort(0);
    new BinlogRecord(0, false, change).write(out);
    out.setShort(lengthAt, out.writerIndex() - lengthAt - Short.BYTES);
    if (bytes != null) {
      out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
    } else if (staged != null) {
      out.writeCharSequence(staged, StandardCharsets.ISO_8859_1);
    }
    end(out, at);
  }

  private static int begin(ByteBuf out, long epoch, long sequence, int kind) {
    int at = out.writerIndex();
    out.writeInt(MAGIC).writeInt(0).writeInt(0);
    out.writeLong(epoch).writeLong(sequence).writeByte(kind);
    return at;
  }

  private static void end(ByteBuf out, int at) {
    int body = out.writerIndex() - at - HEAD_BYTES;
    out.setInt(at + Integer.BYTES, body);
    out.setInt(at + 2 * Integer.BYTES, crc(out, at + HEAD_BYTES, body));
  }

  private static int crc(ByteBuf in, int index, int length) {
    CRC32 crc = new CRC32();
    crc.update(in.nioBuffer(index, length));
    return (int) crc.getValue();
  }

  // ---- reading

  /// Length of the body that a head declares; empty when these bytes are no head.
  static Optional<Integer> bodyLength(ByteBuf head) {
    int length = head.getInt(head.readerIndex() + Integer.BYTES);
    boolean right = head.getInt(head.readerIndex()) == MAGIC;
    return right && length >= BODY_MIN && length <= BODY_MAX
        ? Optional.of(length)
        : Optional.empty();
  }

  /// Reads an entry, whose head declared the length of the rest.
  ///
  /// @return empty when the bytes are not whole
  static Optional<Entry> read(ByteBuf in) {
    int length = in.readableBytes() - HEAD_BYTES;
    int body = in.readerIndex() + HEAD_BYTES;
    if (in.getInt(in.readerIndex() + 2 * Integer.BYTES) != crc(in, body, length)) {
      return Optional.empty();
    }
    try {
      return Optional.of(entry(in.slice(body, length)));
    } catch (MalformedException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(ByteBuf in) {
    long epoch = in.readLong();
    long sequence = in.readLong();
    int kind = in.readByte();
    return switch (kind) {
      case CLEAR -> new Clear(epoch);
      case CANCEL -> new Cancel(epoch, sequence);
      default -> new Noted(epoch, intent(in, sequence, kind));
    };
  }

  private static Intent intent(ByteBuf in, long sequence, int kind) {
    BinlogPosition position = new BinlogPosition(in.readInt(), in.readLong());
    int length = in.readUnsignedShort();
    String line = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    BinlogRecord.Change change = BinlogRecord.parse(line.substring(0, length - 1)).change();
    return new Intent(sequence, position, change, payload(in, kind));
  }

  private static Intent.Payload payload(ByteBuf in, int kind) {
    return switch (kind) {
      case NOTHING -> new Intent.Nothing();
      case BYTES -> new Intent.Bytes(Unpooled.copiedBuffer(in));
      case STAGED ->
          new Intent.Staged(
              in.readCharSequence(in.readableBytes(), StandardCharsets.ISO_8859_1).toString());
      default -> throw new MalformedException("intent_kind: " + kind);
    };
  }

  /// A buffer for entries.
  static ByteBuf buffer() {
    return Unpooled.directBuffer(16 * 1024);
  }
}
