package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;

/// Every request a storage serves. Dispatch is one `switch` over this type without `default`.
public sealed interface StorageRequest extends Request
    permits StreamedRequest, FileRequest, ActiveTest, Quit, Unserved {
  /// Longest body of a request that is not streamed when the receive buffer has its default size
  /// (256 KiB, header included; S1 §1.4).
  int BODY_MAX = 256 * 1024 - Header.SIZE - 1;

  /// Decodes a request whose head (or whole body, when it is not streamed) is there.
  ///
  /// @param header the header, whose body length counts the file bytes too
  /// @param head the bytes that [#headBytes(Command, long, ByteBuf)] asked for
  /// @throws MalformedException with the name of the field that breaks the protocol
  static StorageRequest read(Header header, ByteBuf head) {
    Request request = Command.decode(header, head, Command.Server.STORAGE);
    return request instanceof StorageRequest mine ? mine : new Unserved(header.command());
  }

  /// [#headBytes(Command, long, ByteBuf, int)] with the default receive buffer.
  static int headBytes(Command command, long bodyLength, ByteBuf soFar) {
    return headBytes(command, bodyLength, soFar, BODY_MAX);
  }

  /// How many bytes of a body are needed before it can be decoded: the head of a streamed command,
  /// else the whole body. A server waits for that many and for no more, whatever length was declared.
  ///
  /// @param soFar the bytes of the body that are there; its indexes are left alone
  /// @param bodyMax longest body of a command that is not streamed
  /// @return the number of bytes, or -1 when not even the head's fixed part is there
  /// @throws MalformedException when the declared lengths can never be right
  static int headBytes(Command command, long bodyLength, ByteBuf soFar, int bodyMax) {
    return switch (command) {
      case UPLOAD_FILE, UPLOAD_APPENDER_FILE ->
          StreamedRequest.headBytes(bodyLength, StreamedRequest.Upload.HEAD_SIZE);
      case UPLOAD_SLAVE_FILE -> StreamedRequest.UploadSlave.headBytes(bodyLength, soFar);
      case APPEND_FILE -> StreamedRequest.Append.headBytes(bodyLength, soFar);
      case MODIFY_FILE -> StreamedRequest.Modify.headBytes(bodyLength, soFar);
      default -> {
        if (bodyLength < 0 || bodyLength > bodyMax) {
          throw new MalformedException(
              "body_length: " + bodyLength + " (at most " + bodyMax + " allowed)");
        }
        yield (int) bodyLength;
      }
    };
  }
}
