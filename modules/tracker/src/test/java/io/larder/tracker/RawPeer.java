package io.larder.tracker;

import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Request;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A socket to a tracker that sends any bytes and reads whole frames.
final class RawPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawPeer(int port) {
    this("127.0.0.1", port);
  }

  /// @param from the loopback address to come from
  RawPeer(String from, int port) {
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One reply frame; the body as ISO-8859-1.
  record Answer(int command, int status, String text) {
    byte[] body() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    ByteBuf buffer() {
      return Unpooled.wrappedBuffer(body());
    }
  }

  Answer ask(Request request) {
    ByteBuf frame = Unpooled.buffer();
    request.write(frame);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    send(bytes);
    return read();
  }

  /// Sends a body of single bytes given as numbers.
  Answer askBytes(int command, int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return ask(command, bytes);
  }

  Answer ask(int command, byte... body) {
    send(frame(command, body));
    return read();
  }

  Answer ask(int command, String body) {
    return ask(command, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] frame(int command, byte... body) {
    ByteBuf frame = Unpooled.buffer();
    new Header(body.length, command, 0).write(frame);
    frame.writeBytes(body);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    return bytes;
  }

  void send(byte... bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer read() {
    try {
      byte[] head = new byte[Header.SIZE];
      in.readFully(head);
      Header header = Header.read(Unpooled.wrappedBuffer(head));
      byte[] body = new byte[(int) header.bodyLength()];
      in.readFully(body);
      return new Answer(
          header.command(), header.status(), new String(body, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the tracker has ended the connection; waits for it.
  boolean isClosedByTracker() {
    try {
      return in.read() < 0;
    } catch (EOFException | SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the connection still answers.
  boolean isOpen() {
    Answer answer = ask(111);
    return answer.status() == 0 && answer.body().length == 0;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
