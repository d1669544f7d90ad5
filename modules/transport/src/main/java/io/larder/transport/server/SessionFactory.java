package io.larder.transport.server;

/// Makes the session of a new connection, on the event loop that will serve it.
@FunctionalInterface
public interface SessionFactory {
  /// Opens the session of a connection that was let in.
  Session open(FrameConnection connection);
}
