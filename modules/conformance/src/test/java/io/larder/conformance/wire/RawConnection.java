package io.larder.conformance.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/// One connection to a tracker or storage on which a test says exactly what it wants to say.
public final class RawConnection implements AutoCloseable {
  /// Longer than any answer takes on a busy machine; shorter than the servers' own time-outs.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  private static final int ACTIVE_TEST = 111;
  private static final int BODY_MAX = 64 << 20;

  private final Socket socket;
  private final DataInputStream in;

  private RawConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /// Connects.
  public static RawConnection to(InetSocketAddress server) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
    socket.connect(server, Math.toIntExact(ANSWER_MAX.toMillis()));
    return new RawConnection(socket);
  }

  /// Sends one request and waits for its answer.
  ///
  /// @throws EOFException when the server hangs up instead
  public Reply ask(Frame request) throws IOException {
    send(request.encoded());
    return next().orElseThrow(() -> new EOFException("no answer to " + request));
  }

  /// Sends bytes as they are, in one write.
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Says that nothing more will be sent, and goes on listening.
  public void endOfSending() throws IOException {
    socket.shutdownOutput();
  }

  /// The next answer; empty when the server hangs up before it.
  public Optional<Reply> next() throws IOException {
    try {
      long length = in.readLong();
      int command = in.readUnsignedByte();
      int status = in.readUnsignedByte();
      if (command != 100 || length < 0 || length > BODY_MAX) {
        throw new AssertionError("no header of a reply: " + length + " " + command + " " + status);
      }
      byte[] body = new byte[Math.toIntExact(length)];
      in.readFully(body);
      return Optional.of(new Reply(status, body));
    } catch (EOFException | SocketException hungUp) {
      return Optional.empty();
    }
  }

  /// Whether the server goes on serving this connection. Asks it, because a closed one looks open until it is used.
  public boolean isServed() throws IOException {
    try {
      send(Frame.of(ACTIVE_TEST).encoded());
    } catch (SocketException hungUp) {
      return false;
    }
    Optional<Reply> answer = next();
    return answer.isPresent() && answer.get().status() == 0 && answer.get().size() == 0;
  }

  /// Whether nothing comes within this time; for servers that leave a request unanswered.
  public boolean isSilentFor(Duration time) throws IOException {
    socket.setSoTimeout(Math.toIntExact(time.toMillis()));
    try {
      in.readByte();
      return false;
    } catch (SocketTimeoutException silent) {
      return true;
    } finally {
      socket.setSoTimeout(Math.toIntExact(ANSWER_MAX.toMillis()));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
