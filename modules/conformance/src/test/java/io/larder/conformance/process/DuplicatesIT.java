package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.client.ClientOptions;
import io.larder.client.LarderClient;
import io.larder.client.Upload;
import io.larder.client.content.Content;
import io.larder.protocol.fileid.FileId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real node with `check_file_duplicate = 1`: over HTTP and the native protocol, and killed.
class DuplicatesIT {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "LARDER_STORAGE_CHECK_FILE_DUPLICATE", "1",
          "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4",
          "LARDER_DURABILITY_CHECKPOINT", "1");
  private static final int ROUNDS = Integer.getInteger("larder.kill.duplicate.rounds", 4);
  private static final long SEED = Long.getLong("larder.kill.seed", 20_261_126L);
  private static final int CLIENTS = 6;
  private static final int CONTENTS = 12;

  @TempDir Path folder;
  private final NodePorts ports = NodePorts.free();
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Integer> inDoubt = new ConcurrentHashMap<>();
  private final List<String> deleted = java.util.Collections.synchronizedList(new ArrayList<>());

  private LarderProcess start(int round) {
    LarderProcess node =
        LarderProcess.start(
                folder.resolve("round-" + round + ".log"),
                ports.up(folder.resolve("data")),
                SETTINGS)
            .awaitPort(ports.http());
    return node.await("duplicates to be found", () -> metric("state{state=\"on\"}") == 1);
  }

  private double metric(String name) {
    try (Web web = new Web(ports.url())) {
      return web.text("/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("larder_duplicates_" + name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  private long sources() {
    try (Stream<Path> all = Files.walk(folder.resolve("data/storage/data"))) {
      return all.filter(path -> path.toString().endsWith("~src")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSameContentIsOneFileWhicheverWayItComes() throws Exception {
    byte[] content = content(5);
    try (LarderProcess node = start(0);
        Web web = new Web(ports.url());
        LarderClient natively =
            LarderClient.connect(ClientOptions.of("127.0.0.1:" + ports.tracker()))) {
      List<String> ids = new ArrayList<>();
      ids.add(web.put("first.bin", content));
      ids.add(natively.blocking().upload(Upload.of(Content.of(content), "bin")).toString());
      ids.add(web.put("third.txt", content));

      assertThat(ids).doesNotHaveDuplicates();
      assertThat(sources()).isEqualTo(1);
      for (String id : ids) {
        assertThat(web.get(id).body()).isEqualTo(content);
        assertThat(natively.blocking().download(FileId.parse(id))).isEqualTo(content);
      }
      assertThat(metric("found_total")).isEqualTo(2);
      assertThat(metric("saved_bytes_total")).isEqualTo(2.0 * content.length);
      assertThat(web.text("/readyz").body()).contains("duplicates");
      for (String id : ids) {
        assertThat(web.delete(id)).isEqualTo(204);
      }
      node.await("the source to go with its last link", () -> sources() == 0);
    }
  }

  @Test
  void everythingAcknowledgedSurvivesKills() throws Exception {
    Random random = new Random(SEED);
    for (int round = 1; round <= ROUNDS; round++) {
      try (LarderProcess node = start(round)) {
        check(round);
        loadThenKill(node, random);
      }
    }
    try (LarderProcess node = start(ROUNDS + 1)) {
      check(ROUNDS + 1);
      assertThat(acknowledged).isNotEmpty();
      assertThat(deleted).isNotEmpty();
      assertThat(node.terminate()).isZero();
    }
  }

  private void loadThenKill(LarderProcess node, Random random) throws Exception {
    AtomicInteger operations = new AtomicInteger();
    int killAfter = 100 + random.nextInt(200);
    CountDownLatch enough = new CountDownLatch(1);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random own = new Random(random.nextLong());
      clients.add(
          Thread.ofVirtual()
              .start(() ->
                  load(
                      own,
                      () -> {
                        if (operations.incrementAndGet() >= killAfter) {
                          enough.countDown();
                        }
                      })));
    }
    enough.await();
    node.killHard();
    for (Thread client : clients) {
      client.join();
    }
  }

  /// Uploads and deletes until the node is gone.
  private void load(Random random, Runnable done) {
    try (Web web = new Web(ports.url())) {
      List<String> mine = new ArrayList<>();
      while (true) {
        if (!mine.isEmpty() && random.nextInt(5) < 2) {
          delete(web, mine.remove(random.nextInt(mine.size())));
        } else {
          int number = random.nextInt(CONTENTS);
          String id = web.put("f.bin", content(number));
          acknowledged.put(id, number);
          mine.add(id);
        }
        done.run();
      }
    } catch (IOException killed) {
      return; // the node is gone: the end of the round
    }
  }

  private void delete(Web web, String id) throws IOException {
    int number = acknowledged.remove(id);
    inDoubt.put(id, number);
    assertThat(web.delete(id)).as("delete of " + id).isEqualTo(204);
    inDoubt.remove(id);
    deleted.add(id);
  }

  private void check(int round) throws IOException {
    try (Web web = new Web(ports.url())) {
      for (Map.Entry<String, Integer> file : acknowledged.entrySet()) {
        var answer = web.get(file.getKey());
        assertThat(answer.statusCode()).as("round %d: %s", round, file.getKey()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content(file.getValue()));
      }
      for (String id : List.copyOf(deleted)) {
        assertThat(web.get(id).statusCode()).as("round %d: deleted %s", round, id).isEqualTo(404);
      }
      for (Map.Entry<String, Integer> file : inDoubt.entrySet()) {
        var answer = web.get(file.getKey());
        assertThat(answer.statusCode()).as("in doubt: %s", file.getKey()).isIn(200, 404);
        if (answer.statusCode() == 200) {
          assertThat(answer.body()).isEqualTo(content(file.getValue()));
        }
      }
    }
  }

  /// Small ones and some that come in pieces.
  private static byte[] content(int number) {
    byte[] bytes = new byte[number % 4 == 0 ? 700_000 : 3_000];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
