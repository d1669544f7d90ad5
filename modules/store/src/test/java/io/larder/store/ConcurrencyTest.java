package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int LANES = 6;
  private static final int PER_LANE = 100;

  @TempDir Path folder;

  @Test
  void appendsOfManyLanesAreAllThereAndRecordedWhereTheyAre() throws Exception {
    try (StoreRig rig = StoreRig.open(folder)) {
      String name = rig.stored(StoreRig.appender(), "");
      List<CompletableFuture<Asked.Outcome>> done = new ArrayList<>();
      List<TestLoop> loops = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        TestLoop loop = new TestLoop();
        loops.add(loop);
        StoreLane door = loop.call(() -> rig.store.lane(loop));
        for (int i = 0; i < PER_LANE; i++) {
          String record = String.format("<%d-%03d>", lane, i);
          Asked.AChange job = new Asked.AChange();
          done.add(job.done);
          loop.execute(() ->
              job.submit(door, new ChangeHead.Append(StoreRig.name(name)), StoreRig.bytes(record)));
        }
      }
      for (var outcome : done) {
        assertThat(TestLoop.await(outcome).status()).isZero();
      }
      loops.forEach(TestLoop::close);

      String content = Files.readString(rig.onDisk(name), StandardCharsets.US_ASCII);
      assertThat(content).hasSize(LANES * PER_LANE * 7);
      Set<String> offsets = new HashSet<>();
      rig.binlog().stream()
          .filter(line -> line.startsWith("A "))
          .forEach(line -> offsets.add(line.replaceAll(".* ([0-9]+) [0-9]+", "$1")));
      assertThat(offsets)
          .hasSize(LANES * PER_LANE)
          .allMatch(offset -> Integer.parseInt(offset) % 7 == 0);
      for (int lane = 0; lane < LANES; lane++) {
        int last = -1;
        for (int i = 0; i < PER_LANE; i++) {
          int at = content.indexOf(String.format("<%d-%03d>", lane, i));
          assertThat(at).isGreaterThan(last);
          last = at;
        }
      }
    }
  }

  @Test
  void uploadsOfManyLanesWithSeveralWritersEachGetAFile() {
    StoreSettings settings =
        StoreRig.settings(folder, 2)
            .withSubdirs(4, new StoreSettings.Distribution.Hash())
            .withThreads(new StoreSettings.Threads(2, 3));
    try (StoreRig rig = StoreRig.open(StoreRig.disk(), settings)) {
      List<CompletableFuture<Asked.Outcome>> done = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        done.add(
            rig.uploading(StoreRig.plain(), ("content " + i).getBytes(StandardCharsets.US_ASCII)));
      }
      Set<String> names = new HashSet<>();
      for (int i = 0; i < done.size(); i++) {
        String name = TestLoop.await(done.get(i)).name();
        names.add(name);
        assertThat(rig.read(name)).isEqualTo("content " + i);
      }

      assertThat(names).hasSize(300);
      assertThat(rig.binlog()).hasSize(300);
    }
  }
}
