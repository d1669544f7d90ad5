package io.larder.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.process.LarderProcess;
import io.larder.conformance.process.NodePorts;
import io.larder.conformance.process.Web;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` under load with every operation on every kind of file, and again while the node starts.
///
/// Rounds: system property `larder.kill.rounds` (30), seed: `larder.kill.seed`. One seed draws the same settings, operations and
/// moments; how far the node has come by then is up to the machine. The folder is kept when something is wrong.
class KillIT {
  private static final int ROUNDS = Integer.getInteger("larder.kill.rounds", 30);
  private static final long SEED = Long.getLong("larder.kill.seed", 20_261_126L);
  private static final int CLIENTS = 6;
  private static final int TOLD_EVERY = 100;
  private static final int START_KILLED_ONE_IN = 4;
  private static final int START_MILLIS_MAX = 900;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final NodePorts ports = NodePorts.free();
  private final Random random = new Random(SEED);
  private final List<Journal> journals =
      IntStream.range(0, CLIENTS).mapToObj(_ -> new Journal()).toList();
  private final Tally tally = new Tally();
  private final long since = Instant.now().getEpochSecond() - 1;
  private int adopted;
  private int freeSpaceReadings;

  @Test
  void everythingAcknowledgedSurvivesAndNothingHalfWrittenHasAName() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> settings = RoundSettings.draw(random);
      String what = "round " + round + " of seed " + SEED + " " + settings;
      Path log = folder.resolve("round-" + round + ".log");
      if (round > 0 && random.nextInt(START_KILLED_ONE_IN) == 0) {
        start(log, settings).killHardAfter(Duration.ofMillis(random.nextInt(START_MILLIS_MAX)));
        lookAtTheDead(what + " killed at start");
      }
      try (LarderProcess process = awaitReady(start(log, settings))) {
        check(what);
        new LoadRound(ports, journals, tally, random.nextLong()).untilKilled(process);
        assertThat(process.defects()).as(what).isEmpty();
      }
      long freeBytes = lookAtTheDead(what);
      if ((round + 1) % TOLD_EVERY == 0) {
        tell(round + 1, freeBytes);
      }
    }
    Path log = folder.resolve("last.log");
    try (LarderProcess process = awaitReady(start(log, RoundSettings.draw(random)))) {
      check("the end of seed " + SEED);
      assertThat(process.terminate()).isZero();
    }
    long freeBytes = lookAtTheDead("the end of seed " + SEED);

    tell(ROUNDS, freeBytes);
    assertThat(tally.all()).isGreaterThan(ROUNDS * CLIENTS);
    assertThat(tally.byKind())
        .as("kinds of operations")
        .containsKeys("upload", "upload packed", "HTTP upload", "HTTP upload packed")
        .containsKeys("upload appender", "append", "modify", "truncate", "regenerate")
        .containsKeys("upload slave", "link", "link packed", "replace metadata", "merge metadata")
        .containsKeys("delete plain", "delete packed", "delete appender", "delete slave");
    assertThat(freeSpaceReadings).isPositive();
  }

  private void tell(int rounds, long freeBytes) {
    System.out.printf(
        "kill -9: %d rounds, seed %d, %d files kept, %d found that nobody was told of, %d readings of the free space"
            + " (%d bytes now), acknowledged: %s%n",
        rounds,
        SEED,
        journals.stream().mapToInt(journal -> journal.files().size()).sum(),
        adopted,
        freeSpaceReadings,
        freeBytes,
        tally);
  }

  private LarderProcess start(Path log, Map<String, String> settings) {
    String[] storePaths =
        storePaths().stream()
            .flatMap(path -> Stream.of("--store-path", path.toString()))
            .toArray(String[]::new);
    return LarderProcess.start(log, ports.up(folder.resolve("data"), storePaths), settings);
  }

  private List<Path> storePaths() {
    return List.of(folder.resolve("disk0"), folder.resolve("disk1"));
  }

  private NodeFolder nodeFolder() {
    return new NodeFolder(folder.resolve("data/storage"), storePaths());
  }

  private LarderProcess awaitReady(LarderProcess process) throws IOException {
    try (Web web = new Web(ports.url())) {
      return process.awaitPort(ports.http()).await("readiness", () -> isReady(web));
    }
  }

  private static boolean isReady(Web web) {
    try {
      return web.text("/readyz").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void check(String what) throws IOException {
    try (Web web = new Web(ports.url());
        Node node = new Node(ports, web)) {
      RoundCheck check = new RoundCheck(journals, nodeFolder(), node, random, since);
      assertThat(check.run()).as(what).isEmpty();
      adopted += check.adopted();
    }
  }

  private long lookAtTheDead(String what) throws IOException {
    DeadFolder dead = DeadFolder.look(nodeFolder(), journals, since);
    assertThat(dead.problems()).as(what).isEmpty();
    freeSpaceReadings += dead.freeBytes() > 0 ? 1 : 0;
    return dead.freeBytes();
  }
}
