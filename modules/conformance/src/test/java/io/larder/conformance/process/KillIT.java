package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load: what was acknowledged is there, what was not is whole or has no name.
///
/// The client keeps a journal of acknowledgements. A delete that was sent and not answered leaves the file in doubt:
/// there or gone, both are allowed. Rounds: system property `larder.kill.rounds` (30), seed: `larder.kill.seed`.
class KillIT {
  private static final int ROUNDS = Integer.getInteger("larder.kill.rounds", 30);
  private static final long SEED = Long.getLong("larder.kill.seed", 20_261_125L);
  private static final int CLIENTS = 6;
  private static final int[] SIZES = {0, 1, 300, 5_000, 40_000, 400_000, 3_000_000};

  @TempDir Path folder;

  private final Map<String, byte[]> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, byte[]> inDoubt = new ConcurrentHashMap<>();
  private final List<String> deleted = java.util.Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger operations = new AtomicInteger();

  @Test
  void everythingAcknowledgedSurvivesAndNothingHalfWrittenHasAName() throws Exception {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    Random random = new Random(SEED);

    for (int round = 0; round < ROUNDS; round++) {
      Path log = folder.resolve("round-" + round + ".log");
      try (LarderProcess node = LarderProcess.start(log, ports.up(data)).awaitPort(ports.http())) {
        check(ports, round);
        loadThenKill(node, ports, random);
      }
    }
    try (LarderProcess node =
        LarderProcess.start(folder.resolve("last.log"), ports.up(data)).awaitPort(ports.http())) {
      check(ports, ROUNDS);
      assertThat(node.terminate()).isZero();
    }
    checkNamesOnDisk(data);
    System.out.printf(
        "kill -9: %d rounds, seed %d, %d operations acknowledged, %d files kept, %d deleted, %d in doubt%n",
        ROUNDS, SEED, operations.get(), acknowledged.size(), deleted.size(), inDoubt.size());
    assertThat(operations.get()).isGreaterThan(ROUNDS * CLIENTS);
  }

  private void loadThenKill(LarderProcess node, NodePorts ports, Random random) throws Exception {
    int before = operations.get();
    int killAfter = 20 + random.nextInt(150);
    CountDownLatch enough = new CountDownLatch(1);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      long seed = random.nextLong();
      clients.add(
          Thread.ofVirtual()
              .start(() ->
                  load(
                      ports,
                      new Random(seed),
                      () -> {
                        if (operations.incrementAndGet() - before >= killAfter) {
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

  /// Uploads, and deletes one in four, until the node is gone.
  private void load(NodePorts ports, Random random, Runnable acknowledgement) {
    try (Web web = new Web(ports.url())) {
      List<String> mine = new ArrayList<>();
      while (true) {
        if (!mine.isEmpty() && random.nextInt(4) == 0) {
          delete(web, mine.remove(random.nextInt(mine.size())));
        } else {
          byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
          random.nextBytes(bytes);
          String id = web.put("f" + random.nextInt(1000) + ".bin", bytes);
          acknowledged.put(id, bytes);
          mine.add(id);
        }
        acknowledgement.run();
      }
    } catch (IOException killed) {
      return; // the node is gone: the end of the round
    }
  }

  private void delete(Web web, String id) throws IOException {
    byte[] bytes = acknowledged.remove(id);
    inDoubt.put(id, bytes);
    int status = web.delete(id);
    assertThat(status).as("delete of " + id).isEqualTo(204);
    inDoubt.remove(id);
    deleted.add(id);
  }

  private void check(NodePorts ports, int round) throws IOException {
    try (Web web = new Web(ports.url())) {
      for (Map.Entry<String, byte[]> file : acknowledged.entrySet()) {
        var answer = web.get(file.getKey());
        assertThat(answer.statusCode()).as("round %d: %s", round, file.getKey()).isEqualTo(200);
        assertThat(answer.body())
            .as("round %d: %s", round, file.getKey())
            .isEqualTo(file.getValue());
      }
      for (String id : List.copyOf(deleted)) {
        assertThat(web.get(id).statusCode()).as("round %d: deleted %s", round, id).isEqualTo(404);
      }
      for (Map.Entry<String, byte[]> file : inDoubt.entrySet()) {
        var answer = web.get(file.getKey());
        if (answer.statusCode() == 200) {
          assertThat(answer.body()).as("in doubt: %s", file.getKey()).isEqualTo(file.getValue());
        } else {
          assertThat(answer.statusCode()).isEqualTo(404);
        }
      }
    }
  }

  /// Every plain name on disk carries the size and CRC of the bytes under it.
  private static void checkNamesOnDisk(Path data) throws IOException {
    Path files = data.resolve("storage/data");
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> all = Files.walk(files)) {
      all.filter(Files::isRegularFile)
          .filter(p -> files.relativize(p).getNameCount() == 3)
          .filter(p -> files.relativize(p).getName(0).toString().matches("[0-9A-F]{2}"))
          .forEach(p -> {
            if (!fitsItsName(files, p)) {
              wrong.add(p.toString());
            }
          });
    }
    assertThat(wrong).as("files whose bytes do not fit their names").isEmpty();
  }

  private static boolean fitsItsName(Path files, Path file) {
    LogicalName name = LogicalName.parse("M00/" + files.relativize(file));
    Optional<FileFacts> facts = FileFacts.of(name);
    if (facts.isEmpty() || !facts.get().crcIsOfContent()) {
      return false;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return facts.get().size().orElse(-1) == bytes.length
          && (int) crc.getValue() == facts.get().crc32();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
