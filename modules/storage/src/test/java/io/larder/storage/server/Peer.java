package io.larder.storage.server;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.StorageRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/// A client of nothing but a blocking socket: it sends what it is told, also what no client would send.
final class Peer implements AutoCloseable {
  /// A reply as it came.
  static final class Answer {
    final int status;
    final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /// The name in the reply to an upload.
    String name() {
      if (status != 0) {
        throw new AssertionError("status " + status + " instead of a name");
      }
      return nameIn(body);
    }
  }

  /// The name in the body of such a reply.
  static String nameIn(byte[] body) {
    var reply = Command.UPLOAD_FILE.readReply(new BodyReader(Unpooled.wrappedBuffer(body)));
    return ((FileReply.StoredName) reply).name();
  }

  final Socket socket;
  private final InputStream in;

  Peer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /// Sends a request and reads its reply.
  Answer ask(StorageRequest request, byte[] content) throws IOException {
    return send(frame(request, content)).answer();
  }

  Answer ask(StorageRequest request) throws IOException {
    return ask(request, new byte[0]);
  }

  /// Sends a frame made by hand and reads its reply.
  Answer ask(int command, byte[] body) throws IOException {
    return send(frame(command, 0, body)).answer();
  }

  Peer send(byte[] bytes) throws IOException {
    return send(bytes, 0, bytes.length);
  }

  Peer send(byte[] bytes, int from, int to) throws IOException {
    socket.getOutputStream().write(bytes, from, to - from);
    return this;
  }

  Answer answer() throws IOException {
    byte[] header = in.readNBytes(Header.SIZE);
    if (header.length < Header.SIZE) {
      throw new EOFException("closed after " + header.length + " bytes of a header");
    }
    Header read = Header.read(Unpooled.wrappedBuffer(header));
    if (read.command() != Header.REPLY) {
      throw new IOException("no reply: " + read);
    }
    byte[] body = in.readNBytes(Math.toIntExact(read.bodyLength()));
    if (body.length < read.bodyLength()) {
      throw new EOFException("closed after " + body.length + " bytes of " + read);
    }
    return new Answer(read.status(), body);
  }

  /// Whether the server ends the connection now; waits for it to.
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /// Whether the connection serves on.
  boolean isOpen() throws IOException {
    Answer answer = ask(111, new byte[0]);
    return answer.status == 0 && answer.body.length == 0;
  }

  static byte[] frame(StorageRequest request, byte[] content) {
    ByteBuf frame = Unpooled.buffer();
    request.write(frame);
    return ByteBufUtil.getBytes(frame.writeBytes(content));
  }

  static byte[] frame(int command, int flags, byte[] body) {
    ByteBuf frame = Unpooled.buffer();
    new Header(body.length, command, flags).write(frame);
    return ByteBufUtil.getBytes(frame.writeBytes(body));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
