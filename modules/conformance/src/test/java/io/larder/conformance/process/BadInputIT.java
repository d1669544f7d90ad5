package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Far more bad input than a node has memory for. It goes on serving, ends in order, and has given everything back: a node
/// without memory ends by itself, and its descriptors are counted.
@EnabledOnOs(OS.LINUX)
class BadInputIT {
  private static final int[] BODIES = {0, 1, 15, 16, 38, 62, 300};
  private static final long[] LENGTHS = {
    -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31, 1L << 40, 5_000, 262_134, 10_000_000
  };
  private static final int ROUNDS = 30;

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();
  private LarderProcess node;
  private long descriptors;

  @BeforeEach
  void start() throws IOException {
    Surroundings little =
        Surroundings.plain()
            .environment(Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4"))
            .jvm("-Xmx64m", "-XX:MaxDirectMemorySize=48m", "-XX:+ExitOnOutOfMemoryError");
    node =
        LarderProcess.start(folder.resolve("node.log"), ports.up(folder.resolve("data")), little)
            .awaitPort(ports.http());
    assertServes();
    descriptors = node.descriptors();
  }

  @AfterEach
  void everythingIsGivenBack() throws IOException {
    try (LarderProcess mine = node) {
      assertServes();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(mine.descriptors()).isLessThanOrEqualTo(descriptors + 6));
      assertThat(mine.terminate()).isZero();
      assertThat(mine.log()).doesNotContain("OutOfMemory", "LEAK");
      assertThat(mine.defects()).isEmpty();
    }
  }

  @Test
  void everyCommandWithBodiesOfZerosAndOnes() throws IOException {
    for (int port : new int[] {ports.storage(), ports.tracker()}) {
      for (int command = 0; command < 256; command++) {
        for (int size : BODIES) {
          byte[] ones = new byte[size];
          Arrays.fill(ones, (byte) 0xFF);
          assertEndsWell(port, Frame.of(command).zeros(size).encoded());
          assertEndsWell(port, Frame.of(command).bytes(ones).encoded());
        }
      }
    }
  }

  @Test
  void everyCommandWithLengthsThatLie() throws IOException {
    for (int port : new int[] {ports.storage(), ports.tracker()}) {
      for (int command = 0; command < 256; command++) {
        for (long length : LENGTHS) {
          assertEndsWell(port, Frame.of(command).zeros(200).encoded(length));
        }
      }
    }
  }

  @Test
  void longBodiesThatStopHalfWay() throws IOException {
    byte[] part = new byte[1_000_000];
    try (NativeStorage storage = new NativeStorage(ports.storage())) {
      String appender = NativeStorage.id(storage.uploadAppender(new byte[10]));
      String name = appender.substring(appender.indexOf('/') + 1);
      long size = 1L << 33;
      Frame upload = Frame.of(Commands.UPLOAD_FILE).int8(-1).int64(size).text("bin", 6);
      Frame append = Frame.of(Commands.APPEND_FILE).int64(name.length()).int64(size).text(name);
      for (int round = 0; round < ROUNDS; round++) {
        for (Frame head : new Frame[] {upload, append}) {
          byte[] declared = head.encoded(head.body().length + size);
          try (Socket socket = connect(ports.storage())) {
            socket.getOutputStream().write(declared);
            socket.getOutputStream().write(part);
            socket.setSoLinger(round % 2 == 0, 0);
          }
        }
      }
      assertThat(storage.append(appender, new byte[1]).status()).isZero();
      assertThat(storage.download(appender).size()).isEqualTo(11);
    }
  }

  @Test
  void fieldNamesAndFormsWithoutEnd() throws IOException {
    String start =
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=XX\r\n"
            + "Content-Length: 20000000\r\n\r\n--XX\r\nContent-Disposition: form-data; name=\"";
    byte[] name = "n".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(http(start, name)).startsWith("HTTP/1.1 400 ");
      assertThat(http(start + "f\"; filename=\"a.bin\"\r\n\r\n", name)).isEmpty();
    }
    try (Web web = new Web(ports.url())) {
      assertThat(web.text("/metrics").body()).contains("larder_http_uploads_total 0.0");
    }
  }

  @Test
  void requestsThatAreNone() throws IOException {
    byte[] garbage = new byte[1_000_000];
    new java.util.Random(7).nextBytes(garbage);
    byte[] longWord = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(http("GET /", longWord)).matches("(?s)HTTP/1.[01] 414 .*");
      assertThat(http("GET / HTTP/1.1\r\nHost: x\r\nX: ", longWord)).startsWith("HTTP/1.1 431 ");
      assertThat(http("", garbage)).matches("(?s)HTTP/1.[01] 400 .*");
      assertThat(
              http(
                  "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                  longWord))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  /// A refusal or none, then the end: nothing hangs, and nothing is done.
  private void assertEndsWell(int port, byte[] bytes) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(bytes);
      connection.endOfSending();
      Optional<Reply> reply = connection.next();
      while (reply.isPresent()) {
        if (reply.get().status() != 0) {
          assertThat(reply.get().size()).isZero();
        }
        reply = connection.next();
      }
    } catch (SocketException hungUp) {
      assertThat(hungUp).isNotNull(); // before all was sent
    }
  }

  /// Sends as much as is taken, and the answer as far as it comes.
  private String http(String start, byte[] rest) throws IOException {
    try (Socket socket = connect(ports.http())) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(start.getBytes(StandardCharsets.US_ASCII));
        out.write(rest);
        socket.shutdownOutput();
      } catch (SocketException enough) {
        assertThat(enough).isNotNull();
      }
      return new String(read(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] read(InputStream in) throws IOException {
    byte[] answer = new byte[2000];
    int length = 0;
    try {
      int read = in.read(answer);
      while (read > 0) {
        length += read;
        read = in.read(answer, length, answer.length - length);
      }
    } catch (SocketException reset) {
      assertThat(reset).isNotNull();
    }
    return Arrays.copyOf(answer, length);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  private void assertServes() throws IOException {
    byte[] content = new byte[20_000_000];
    new java.util.Random(1).nextBytes(content);
    try (Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      String id = NativeStorage.id(storage.upload(content));
      assertThat(web.get(id).body()).isEqualTo(content);
      assertThat(storage.download(id).body()).isEqualTo(content);
      assertThat(storage.delete(id).status()).isZero();
    }
  }
}
