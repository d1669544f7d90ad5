package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.getMetadata;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.setMetadata;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Memory comes back: large bodies, slow peers and broken ones, every buffer watched by Netty's leak detector.
class BufferLeakIT extends ServedStoreCase {
  private static final byte[] TEN_MEGABYTES = pattern(10 * 1024 * 1024);

  @Test
  void tenMegabytesComeBackWholeToSeveralClientsAtOnce() throws Exception {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        done.add(
            clients.submit(
                (Callable<Boolean>)
                    () -> {
                      try (Peer peer = served.peer()) {
                        String name =
                            peer.ask(upload(TEN_MEGABYTES.length, "bin"), TEN_MEGABYTES).name();
                        return java.util.Arrays.equals(
                            peer.ask(download(name)).body, TEN_MEGABYTES);
                      }
                    }));
      }
      for (Future<Boolean> each : done) {
        assertThat(each.get()).isTrue();
      }
    }
    assertNothingLeaks();
  }

  @Test
  void clientThatTakesNothingDoesNotFillTheMemory() throws Exception {
    List<Peer> slow = new ArrayList<>();
    try (Peer peer = served.peer()) {
      String name = peer.ask(upload(TEN_MEGABYTES.length, "bin"), TEN_MEGABYTES).name();
      long before = directBytes(peer);
      for (int i = 0; i < 20; i++) {
        Peer one = served.peer();
        slow.add(one);
        one.send(Peer.frame(download(name), new byte[0]));
      }
      assertThat(peer.ask(download(name)).body).isEqualTo(TEN_MEGABYTES);

      assertThat(directBytes(peer) - before).isLessThan(40L * 1024 * 1024);
      for (Peer one : slow) {
        assertThat(one.answer().body).isEqualTo(TEN_MEGABYTES);
      }
    } finally {
      for (Peer one : slow) {
        one.close();
      }
    }
    assertNothingLeaks();
  }

  /// Direct memory of the allocator of the server, asked for through the allocator's own metric.
  private static long directBytes(Peer peer) throws Exception {
    assertThat(peer.isOpen()).isTrue();
    return io.netty.util.internal.PlatformDependent.usedDirectMemory();
  }

  @Test
  void clientThatSendsSlowlyKeepsNobodyWaiting() throws Exception {
    byte[] frame = Peer.frame(upload(600_000, "bin"), pattern(600_000));
    try (Peer slow = served.peer();
        Peer other = served.peer()) {
      for (int at = 0; at < frame.length; at += 100_003) {
        slow.send(frame, at, Math.min(frame.length, at + 100_003));
        assertThat(stored(other, "meanwhile", "txt")).startsWith("M0");
      }
      assertThat(served.file(slow.answer().name())).hasBinaryContent(pattern(600_000));
    }
    assertNothingLeaks();
  }

  @Test
  void peersThatBreakOffAnywhereLeaveNothing() throws Exception {
    try (Peer peer = served.peer()) {
      String appender = storedAppender(peer, "hello");
      String big = peer.ask(upload(TEN_MEGABYTES.length, "bin"), TEN_MEGABYTES).name();
      peer.ask(setMetadata(big, 'O', "a\2b"));
      List<byte[]> frames =
          List.of(
              Peer.frame(upload(5000, "bin"), pattern(5000)),
              Peer.frame(upload(900_000, "bin"), pattern(900_000)),
              Peer.frame(append(appender, 900_000), pattern(900_000)),
              Peer.frame(download(big), new byte[0]),
              Peer.frame(getMetadata(big), new byte[0]),
              Peer.frame(99, 0, pattern(300_000)));
      for (byte[] frame : frames) {
        for (int part = 1; part <= 4; part++) {
          try (Peer broken = served.peer()) {
            broken.send(frame, 0, frame.length * part / 4);
            if (part % 2 == 0) {
              broken.socket.setSoLinger(true, 0); // a reset instead of an end
            }
          }
        }
      }
      await().untilAsserted(() -> assertThat(served.connections.current()).isEqualTo(1));
      assertThat(peer.ask(append(appender, 1), bytes("!")).status).isZero();
    }
    assertNothingLeaks();
  }

  /// A leak is reported when the forgotten buffer has been collected and another one is made.
  private static void assertNothingLeaks() throws Exception {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    for (int i = 0; i < 3; i++) {
      System.gc();
      try (Peer peer = served.peer()) {
        stored(peer, "one more", "txt");
      }
    }
    assertThat(CountingLeakDetector.FOUND).isEmpty();
  }

  @Test
  void detectorSeesABufferThatIsForgotten() throws Exception {
    forget(io.netty.buffer.PooledByteBufAllocator.DEFAULT.directBuffer(16));

    await()
        .untilAsserted(() -> {
          System.gc();
          io.netty.buffer.PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
          assertThat(CountingLeakDetector.FOUND).isNotEmpty();
        });
    CountingLeakDetector.FOUND.clear();
  }

  private static void forget(ByteBuf buffer) {
    assertThat(buffer.capacity()).isEqualTo(16);
  }
}
