package io.larder.protocol.wire;

import io.netty.buffer.ByteBuf;

/// The ten bytes in front of every frame, in both directions (S1 §1.1).
///
/// A header is plain data: a negative length or an unknown command is not refused here, because what
/// follows from them (close, or an error reply) is the rule of the server that reads it.
///
/// @param bodyLength bytes that follow the header; negative when the sender's top bit was set
/// @param command the command of a request, [#REPLY] in every reply; 0..255
/// @param status 0 or the errno of a refusal in a reply; flags in few requests, else 0; 0..255
public record Header(long bodyLength, int command, int status) {
  /// Size on the wire.
  public static final int SIZE = 10;

  /// The command byte of every reply.
  public static final int REPLY = 100;

  private static final int COMMAND_AT = 8;
  private static final int STATUS_AT = 9;

  /// Reads a header and moves past it. The caller has seen to it that [#SIZE] bytes are readable.
  public static Header read(ByteBuf in) {
    return new Header(in.readLong(), in.readUnsignedByte(), in.readUnsignedByte());
  }

  /// The header of a reply.
  public static Header reply(long bodyLength, int status) {
    return new Header(bodyLength, REPLY, status);
  }

  /// Appends this header.
  public void write(ByteBuf out) {
    out.writeLong(bodyLength);
    out.writeByte(command);
    out.writeByte(status);
  }

  /// Puts this header at an index, into bytes that were reserved for it earlier.
  public void set(ByteBuf out, int index) {
    out.setLong(index, bodyLength);
    out.setByte(index + COMMAND_AT, command);
    out.setByte(index + STATUS_AT, status);
  }

  /// Appends a whole reply without a body: the only form in which a refusal is ever sent.
  public static void writeEmptyReply(ByteBuf out, int status) {
    reply(0, status).write(out);
  }
}
