package io.larder.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.client.content.Content;
import io.larder.protocol.RefusedException;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerException;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.server.Connections;
import io.larder.transport.server.FrameRules;
import io.larder.transport.server.FrameServer;
import io.larder.transport.server.FrameServerOptions;
import io.larder.transport.server.SessionFactory;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LarderClientIT {
  private static final AtomicInteger SERVER_KEYS = new AtomicInteger();

  private final Vertx vertx = Vertx.vertx();
  private final MemoryTracker tracker = new MemoryTracker();
  private final MemoryStorage first = new MemoryStorage();
  private final MemoryStorage second = new MemoryStorage();
  private LarderClient client;
  private int firstPort;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    firstPort = storage(first);
    tracker.storagePorts.add(firstPort);
    client = client(List.of(listen(FrameRules.tracker(262_144), tracker::open)));
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void bytesFileAndStreamAreStoredAndReadBack() throws Exception {
    byte[] bytes = pattern(700_000);
    Path file = Files.write(folder.resolve("in.bin"), bytes);

    for (Content content :
        List.of(
            Content.of(bytes),
            Content.of(file),
            Content.of(new ByteArrayInputStream(bytes), bytes.length))) {
      FileId id = client.blocking().upload(Upload.of(content, "bin"));

      assertThat(client.blocking().download(id)).isEqualTo(bytes);
      assertThat(client.blocking().download(id, new ByteRange(10, 20)))
          .isEqualTo(java.util.Arrays.copyOfRange(bytes, 10, 30));
      client.blocking().downloadTo(id, folder.resolve("out.bin"));
      assertThat(folder.resolve("out.bin")).hasBinaryContent(bytes);
    }
  }

  @Test
  void emptyFileIsStoredAndReadBack() throws Exception {
    FileId id = client.blocking().upload(Upload.of(Content.of(new byte[0]), ""));

    assertThat(client.blocking().download(id)).isEmpty();
  }

  @Test
  void appenderIsChangedAndBecomesPlain() throws Exception {
    BlockingClient blocking = client.blocking();
    FileId id = blocking.upload(Upload.of(content("hello"), "log").asAppender());

    blocking.append(id, content(" world"));
    blocking.modify(id, 0, content("J"));
    blocking.truncate(id, 8);
    FileId plain = blocking.regenerate(id);

    assertThat(blocking.download(plain)).asString().isEqualTo("Jello wo");
    assertRefused(2, () -> blocking.download(id));
  }

  @Test
  void slaveTakesTheMastersExtensionUnlessTold() throws Exception {
    BlockingClient blocking = client.blocking();
    FileId master = blocking.upload(Upload.of(content("m"), "jpg"));

    FileId same = blocking.uploadSlave(master, "_s", Optional.empty(), content("1"));
    FileId other = blocking.uploadSlave(master, "_s", Optional.of("png"), content("2"));
    FileId none = blocking.uploadSlave(master, "_s", Optional.of(""), content("3"));

    assertThat(same.toString()).endsWith("_s.jpg");
    assertThat(other.toString()).endsWith("_s.png");
    assertThat(none.toString()).endsWith("_s");
  }

  @Test
  void metadataIsKeptAsTextOfAnyLanguage() throws Exception {
    BlockingClient blocking = client.blocking();
    FileId id = blocking.upload(Upload.of(content("x"), "txt").with(Map.of("作者", "张三")));

    blocking.mergeMetadata(id, Map.of("width", "160"));

    assertThat(blocking.metadata(id))
        .containsOnly(Map.entry("作者", "张三"), Map.entry("width", "160"));
    blocking.setMetadata(id, Map.of("only", "this"));
    assertThat(blocking.metadata(id)).containsOnly(Map.entry("only", "this"));
  }

  @Test
  void fileWhoseMetadataIsRefusedIsDeletedAgain() {
    first.refuseMetadataWith = 28;

    assertRefused(
        28, () -> client.blocking().upload(Upload.of(content("x"), "txt").with(Map.of("a", "b"))));
    assertThat(first.files).isEmpty();
  }

  @Test
  void factsOfAFileAreAsked() throws Exception {
    FileId id = client.blocking().upload(Upload.of(content("12345"), "txt"));

    FileInfo info = client.blocking().info(id);

    assertThat(info.size()).isEqualTo(5);
    assertThat(info.crc32()).isEqualTo(0x85bc2385);
    assertThat(info.sourceIp()).isEqualTo("10.0.0.1");
  }

  @Test
  void replicaIsReadWhenTheFirstStorageHasNotGotTheFile() throws Exception {
    tracker.storagePorts.add(storage(second));
    second.files.put(second.newName("txt"), new byte[] {7});
    FileId id = MemoryStorage.id(second.files.keySet().iterator().next());

    assertThat(client.blocking().download(id)).containsExactly(7);
    assertThat(client.blocking().sources(id)).hasSize(2);
  }

  @Test
  void replicaIsReadWhenTheFirstStorageIsDown() throws Exception {
    FileId id = client.blocking().upload(Upload.of(content("x"), "txt"));
    second.files.putAll(first.files);
    tracker.storagePorts.add(storage(second));
    first.hangUp = true;

    assertThat(client.blocking().download(id)).containsExactly('x');
  }

  @Test
  void changeIsNeverSentTwice() throws Exception {
    FileId id = client.blocking().upload(Upload.of(content("x"), "log").asAppender());
    int before = first.requests.get();
    first.hangUp = true;

    assertThatExceptionOfType(PeerException.class)
        .isThrownBy(() -> client.blocking().append(id, content("y")))
        .withMessageContaining("127.0.0.1:" + firstPort);
    assertThat(first.requests.get()).isEqualTo(before + 1);
  }

  @Test
  void nextTrackerIsAskedWhenOneIsDown() throws Exception {
    int down = listen(FrameRules.tracker(262_144), tracker::open);
    servers.getLast().close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    int up = listen(FrameRules.tracker(262_144), tracker::open);
    try (LarderClient two = client(List.of(down, up))) {
      for (int i = 0; i < 4; i++) {
        assertThat(two.blocking().groups()).hasSize(1);
      }
    }
  }

  @Test
  void noTrackerAtAllIsSaidWithItsAddress() throws Exception {
    servers.getLast().close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThatExceptionOfType(PeerException.class)
        .isThrownBy(() -> client.blocking().groups())
        .withMessageContaining("127.0.0.1");
  }

  @Test
  void refusalCarriesTheStatusAndSaysWhoRefused() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.blocking().upload(Upload.of(content("x"), "txt").into("nosuch")))
        .withMessageContaining("STORE_WITH_GROUP_ONE")
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(2));
  }

  @Test
  void streamThatEndsEarlyFailsTheUpload() {
    var shorter = new ByteArrayInputStream(new byte[10]);

    assertThatExceptionOfType(PeerException.class)
        .isThrownBy(() -> client.blocking().upload(Upload.of(Content.of(shorter, 400_000), "x")))
        .withMessageContaining("ended 399990 bytes early");
    assertThat(first.files).isEmpty();
  }

  @Test
  void storagesAndGroupsAreListedAndServersTested() throws Exception {
    assertThat(client.blocking().storages(GroupName.of("group1"))).isEmpty();
    assertThat(client.blocking().storeTarget(Optional.empty()).storage().port())
        .isEqualTo(firstPort);
    assertThat(client.blocking().storeTargets(Optional.empty())).hasSize(1);
    client.blocking().activeTest(new HostPort("127.0.0.1", firstPort));
  }

  private final List<FrameServer> servers = new ArrayList<>();

  private interface Call {
    void run() throws Exception;
  }

  private static void assertRefused(int status, Call call) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(call::run)
        .satisfies(refused -> assertThat(refused.status()).isEqualTo(status));
  }

  private static Content content(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    return bytes;
  }

  private int storage(MemoryStorage storage) throws Exception {
    var streams = List.of(11, 21, 23, 24, 34);
    return listen(FrameRules.storage(262_144, streams::contains), storage::open);
  }

  private int listen(FrameRules rules, SessionFactory sessions) throws Exception {
    var options =
        new FrameServerOptions(
            "127.0.0.1",
            0,
            SERVER_KEYS.incrementAndGet(),
            rules,
            Duration.ofSeconds(30),
            peer -> true,
            new Connections(100));
    var started = new CompletableFuture<FrameServer>();
    vertx
        .getOrCreateContext()
        .runOnContext(v ->
            new FrameServer(vertx, options, sessions)
                .listen()
                .onComplete(started::complete, started::completeExceptionally));
    FrameServer server = started.get(20, TimeUnit.SECONDS);
    servers.add(server);
    return server.port();
  }

  private static LarderClient client(List<Integer> trackerPorts) {
    List<PeerAddress> trackers =
        trackerPorts.stream().map(port -> new PeerAddress(List.of("127.0.0.1"), port)).toList();
    PeerOptions connecting =
        PeerOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10));
    return LarderClient.connect(new ClientOptions(trackers, connecting));
  }
}
