package io.larder.conformance.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The second process of [IdleConnectionsIT]: opens connections to a node, uses each once and holds them until its input
/// ends; then uses them again.
///
/// Says on its output what it has done: `open N` and `still open N`.
public final class IdleCrowd {
  private static final int PATIENCE_MILLIS = 30_000;

  private final List<Idle> open = new ArrayList<>();

  private IdleCrowd() {}

  /// Opens, uses, holds, uses.
  ///
  /// @param words how many on each port, then the HTTP port, then the native ports
  public static void main(String[] words) throws IOException {
    int each = Integer.parseInt(words[0]);
    IdleCrowd crowd = new IdleCrowd();
    for (int port = 1; port < words.length; port++) {
      for (int i = 0; i < each; i++) {
        crowd.add(Integer.parseInt(words[port]), port == 1);
      }
    }
    crowd.say("open");
    while (System.in.read() >= 0) {
      // until the test closes our input
    }
    for (Idle one : crowd.open) {
      one.use();
    }
    crowd.say("still open");
  }

  private void add(int port, boolean http) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    Idle one = new Idle(socket, http);
    one.use();
    open.add(one);
  }

  private void say(String what) {
    System.out.println(what + " " + open.size());
    System.out.flush();
  }

  private record Idle(Socket socket, boolean http) {
    private static final byte[] GET =
        "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACTIVE_TEST =
        ByteBuffer.allocate(10).putLong(0).put((byte) 111).put((byte) 0).array();

    /// Asks something small and takes the whole answer.
    void use() throws IOException {
      socket.getOutputStream().write(http ? GET : ACTIVE_TEST);
      byte[] answer = http ? untilEndOfObject() : socket.getInputStream().readNBytes(10);
      boolean good =
          http
              ? new String(answer, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200")
              : answer.length == 10 && answer[9] == 0;
      if (!good) {
        throw new IOException("not served: " + new String(answer, StandardCharsets.ISO_8859_1));
      }
    }

    /// The answer is one JSON object without another in it.
    private byte[] untilEndOfObject() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      int next = socket.getInputStream().read();
      while (next >= 0 && next != '}') {
        all.write(next);
        next = socket.getInputStream().read();
      }
      return all.toByteArray();
    }
  }
}
