package io.larder.transport.server;

import io.netty.buffer.ByteBuf;

/// What a role does with the requests of one connection. All calls come on the connection's event loop, one request
/// at a time: the next one comes only after the session has answered through its [FrameConnection].
///
/// The session owns each buffer that it is handed and releases it. A session that throws a
/// [io.larder.protocol.RefusedException] has the peer told its status; any other exception ends the connection.
public interface Session {
  /// A request with its whole body. QUIT and ACTIVE_TEST never come here.
  ///
  /// @param flags the status byte of the request, which a few commands use
  void request(int command, int flags, ByteBuf body);

  /// A request whose body is longer than a buffer begins.
  ///
  /// @param first the first bytes of the body: a buffer full, so that the head of any command is in it
  default void begin(int command, int flags, long bodyLength, ByteBuf first) {
    first.release();
    throw new IllegalStateException("command " + command + " does not stream");
  }

  /// The next bytes of that body, after the session asked by [FrameConnection#more].
  default void chunk(ByteBuf chunk, boolean last) {
    chunk.release();
    throw new IllegalStateException("no body was asked for");
  }

  /// What the session sent by [FrameConnection#part] has left for the socket: the next part may follow.
  default void partSent() {}

  /// The connection has ended; nothing more comes. A request under way may finish, its answer goes nowhere.
  default void closed() {}
}
