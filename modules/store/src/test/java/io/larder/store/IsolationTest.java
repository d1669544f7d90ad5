package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FakeTicker;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.GroupName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationTest {
  private static final int QUEUE_MAX = 10;

  @TempDir Path folder;

  @Test
  void aPathThatHangsRefusesAtItsLimitAndDelaysNoOther() {
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    try (StoreRig rig = StoreRig.open(disk, StoreRig.settings(folder, 2, QUEUE_MAX))) {
      disk.hang(folder.resolve("p1/data"));
      List<CompletableFuture<Asked.Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < QUEUE_MAX; i++) {
        stuck.add(rig.uploading(on(1), new byte[] {1}));
      }

      Asked.Outcome refused = rig.upload(on(1), "one too many");
      String other = rig.stored(on(0), "unharmed");

      assertThat(refused.status()).isEqualTo(Status.EBUSY);
      assertThat(refused.message()).contains(folder.resolve("p1").toString());
      assertThat(rig.read(other)).isEqualTo("unharmed");
      assertThat(rig.delete(other).status()).isZero();
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
      assertThat(rig.store.paths().get(1).queuedJobs()).isEqualTo(QUEUE_MAX);

      disk.resume(folder.resolve("p1/data"));
      stuck.forEach(outcome -> assertThat(TestLoop.await(outcome).status()).isZero());
      assertThat(rig.upload(on(1), "again").status()).isZero();
    }
  }

  @Test
  void theQueueIsLimitedInBytesToo() {
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    StoreSettings settings =
        StoreRig.settings(folder, 1)
            .withLimits(new StoreSettings.Limits(1000, 10_000, Duration.ofHours(1)));
    try (StoreRig rig = StoreRig.open(disk, settings)) {
      disk.hang(folder.resolve("p0/data"));
      var first = rig.uploading(on(0), new byte[9_000]);
      Asked.Outcome second = TestLoop.await(rig.uploading(on(0), new byte[2_000]));
      disk.resume(folder.resolve("p0/data"));

      assertThat(second.status()).isEqualTo(Status.EBUSY);
      assertThat(TestLoop.await(first).status()).isZero();
      assertThat(TestLoop.await(rig.uploading(on(0), new byte[50_000])).status()).isZero();
    }
  }

  @Test
  void readingGoesOnWhileTheBinlogHangs() {
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    try (StoreRig rig = StoreRig.open(disk, StoreRig.settings(folder, 1))) {
      String name = rig.stored(on(0), "readable");
      disk.hang(folder.resolve("data/sync"));
      var stuck = rig.uploading(on(0), new byte[] {1});

      assertThat(rig.read(name)).isEqualTo("readable");
      assertThat(stuck).isNotDone();

      disk.resume(folder.resolve("data/sync"));
      assertThat(TestLoop.await(stuck).status()).isZero();
    }
  }

  @Test
  void aThreadThatDoesNotComeBackIsSeen() throws Exception {
    FakeTicker ticker = new FakeTicker();
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    TestLoop loop = new TestLoop();
    try (Store store =
        Store.open(StoreRig.settings(folder, 1), GroupName.of("group1"), disk, ticker, ticker)) {
      store.identify(StoreRig.SELF);
      StoreLane lane = loop.call(() -> store.lane(loop));
      disk.hang(folder.resolve("p0/data"));
      Asked.AnUpload job = new Asked.AnUpload();
      loop.run(() -> job.submit(lane, on(0), StoreRig.bytes("x")));
      Awaitility.await()
          .until(() -> {
            ticker.advance(Duration.ofSeconds(1));
            return store.paths().getFirst().stalledMillis() >= 1000;
          });

      disk.resume(folder.resolve("p0/data"));

      assertThat(TestLoop.await(job.done).status()).isZero();
      Awaitility.await().until(() -> store.paths().getFirst().stalledMillis() == 0);
    } finally {
      loop.close();
    }
  }

  @Test
  void aStoreThatIsClosingRefuses() {
    StoreRig rig = StoreRig.open(folder);
    rig.store.close();

    assertThat(rig.upload(on(0), "late").status()).isEqualTo(Status.EBUSY);
    rig.loop.close();
  }

  private static UploadHead on(int path) {
    return new UploadHead.NewFile(path, Extension.NONE, false);
  }
}
