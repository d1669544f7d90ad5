package io.larder.transport.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/// A client of nothing but a blocking socket, so that tests see the bytes and nothing else.
final class RawPeer implements AutoCloseable {
  static final class Reply {
    private final int status;
    private final byte[] body;

    private Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }
  }

  final Socket socket;
  private final InputStream in;

  RawPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  RawPeer send(byte[] bytes) throws IOException {
    return send(bytes, 0, bytes.length);
  }

  RawPeer send(byte[] bytes, int from, int to) throws IOException {
    socket.getOutputStream().write(bytes, from, to - from);
    return this;
  }

  Reply reply() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(10));
    if (header.remaining() < 10) {
      throw new EOFException("closed after " + header.remaining() + " bytes of a header");
    }
    long length = header.getLong();
    if (header.get() != 100) {
      throw new IOException("no reply");
    }
    int status = header.get() & 0xFF;
    byte[] body = in.readNBytes(Math.toIntExact(length));
    return new Reply(status, body);
  }

  /// Whether the server has ended the connection; waits for it to.
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
