package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.Status;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.StorageStatFile;
import io.larder.protocol.wire.Counter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  @TempDir Path folder;

  @Test
  void aNewFolderGetsTheLayoutOfTheReference() throws IOException {
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2)) {
      Awaitility.await().until(() -> Files.exists(folder.resolve("p1/data/03/03")));
      Awaitility.await().until(() -> Files.notExists(makingMark(1)));
    }

    try (var directories = Files.find(folder.resolve("p0/data"), 2, (p, a) -> a.isDirectory())) {
      assertThat(directories.filter(p -> p.toString().matches(".*/[0-9A-F]{2}/[0-9A-F]{2}")))
          .hasSize(16);
    }
    DataInitFlag flag =
        DataInitFlag.parse(Files.readString(folder.resolve("data/.data_init_flag")));
    assertThat(flag.syncOldDone()).isFalse();
    assertThat(flag.storePathMarks()).hasSize(2);
    assertThat(Files.readString(folder.resolve("p1/data/.fastdfs_vars")))
        .isEqualTo("store_path_mark=" + flag.storePathMarks().get(1) + "\n");
    assertThat(Files.readString(folder.resolve("data/sync/binlog_index.dat")))
        .startsWith("current_write=0\n");
  }

  private Path makingMark(int path) {
    return folder.resolve("p" + path + "/data/.larder/making-directories");
  }

  @Test
  void aNewFolderServesItsFirstUploadBeforeItsDirectoriesAreThere() throws IOException {
    try (StoreRig rig = StoreRig.open(folder)) {
      Awaitility.await().until(() -> Files.notExists(makingMark(0)));
      Files.delete(folder.resolve("p0/data/00/00"));

      assertThat(rig.read(rig.stored(StoreRig.plain(), "first"))).isEqualTo("first");
    }
  }

  @Test
  void makingDirectoriesIsResumedAfterAKillAnywhere() throws IOException {
    int calls = 4 + 16;
    for (int cut = 0; cut <= calls; cut += 3) {
      Path place = Files.createDirectories(folder.resolve("cut" + cut));
      FaultyDisk disk = new FaultyDisk(StoreRig.disk());
      try (StoreRig rig = StoreRig.open(place, disk, 1)) {
        disk.dieAfter(cut);
      }
      disk.bury();
      try (StoreRig rig = StoreRig.open(place)) {
        Awaitility.await().until(() -> Files.exists(place.resolve("p0/data/03/03")));
        assertThat(rig.store.paths().getFirst().replaced()).isFalse();
      }
    }
  }

  @Test
  void aFolderThatHadItsDirectoriesAndLostThemIsReported() throws IOException {
    try (StoreRig rig = StoreRig.open(folder)) {
      Awaitility.await().until(() -> Files.notExists(makingMark(0)));
      rig.store.changeInitFlag(StartTest::synced);
    }
    Files.delete(folder.resolve("p0/data/03/03"));

    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.store.paths().getFirst().replaced()).isTrue();
      Awaitility.await().until(() -> Files.exists(folder.resolve("p0/data/03/03")));
    }
  }

  private static DataInitFlag synced(DataInitFlag flag) {
    return new DataInitFlag(
        flag.storageJoinTime(),
        true,
        "",
        0,
        "10.0.0.1",
        flag.lastServerPort(),
        0,
        0,
        0,
        flag.storePathMarks());
  }

  @Test
  void theIdentityIsKept() throws IOException {
    long joined;
    try (StoreRig rig = StoreRig.open(folder)) {
      rig.store.changeInitFlag(StartTest::synced);
      joined = rig.store.initFlag().storageJoinTime();
    }
    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.store.initFlag().syncOldDone()).isTrue();
      assertThat(rig.store.initFlag().lastIpAddr()).isEqualTo("10.0.0.1");
      assertThat(rig.store.initFlag().storageJoinTime()).isEqualTo(joined);
    }
  }

  @Test
  void aStorePathOfAnotherStorageIsRefused() throws IOException {
    StoreRig.open(folder).close();
    Files.delete(folder.resolve("data/.data_init_flag"));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> StoreRig.open(folder))
        .withMessageContaining("p0")
        .withMessageContaining("10.0.0.1:23000");
  }

  @Test
  void aLostMarkIsMadeAgain() throws IOException {
    StoreRig.open(folder).close();
    Files.delete(folder.resolve("p0/data/.fastdfs_vars"));

    StoreRig.open(folder).close();

    DataInitFlag flag =
        DataInitFlag.parse(Files.readString(folder.resolve("data/.data_init_flag")));
    assertThat(Files.readString(folder.resolve("p0/data/.fastdfs_vars")))
        .contains(flag.storePathMarks().get(0));
  }

  @Test
  void aFolderIsUsedByOneStoreAtATime() {
    try (StoreRig rig = StoreRig.open(folder)) {
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> StoreRig.open(folder));
      assertThat(rig.stored(StoreRig.plain(), "x")).isNotEmpty();
    }
  }

  @Test
  void aMissingStorePathIsNamed() throws IOException {
    StoreSettings settings = StoreRig.settings(folder, 1);
    Files.delete(folder.resolve("p0"));

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> StoreRig.open(StoreRig.disk(), settings))
        .withMessageContaining("p0");
  }

  @Test
  void countersAndRotationGoOnWhereTheyEnded() throws IOException {
    try (StoreRig rig = StoreRig.open(folder)) {
      for (int i = 0; i < 4; i++) {
        rig.stored(StoreRig.plain(), "x");
      }
    }
    StorageStatFile saved =
        StorageStatFile.parse(Files.readString(folder.resolve("data/storage_stat.dat")));
    assertThat(saved.get(Counter.SUCCESS_UPLOAD_COUNT)).isEqualTo(4);
    assertThat(saved.directoryLow()).isEqualTo(1);

    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.stored(StoreRig.plain(), "x")).startsWith("M00/00/01/");
      assertThat(rig.store.count(Counter.SUCCESS_UPLOAD_COUNT)).isEqualTo(5);
    }
  }

  @Test
  void countersAndSpaceAreTakenFromTimeToTime() {
    Duration often = Duration.ofMillis(20);
    StoreSettings settings =
        StoreRig.settings(folder, 1)
            .withIntervals(new StoreSettings.Intervals(often, often, Duration.ofHours(1), often));
    try (StoreRig rig = StoreRig.open(StoreRig.disk(), settings)) {
      rig.stored(StoreRig.plain(), "x");

      Awaitility.await().until(() -> Files.exists(folder.resolve("data/storage_stat.dat")));
      Awaitility.await().until(() -> rig.store.paths().getFirst().queuedJobs() == 0);
      assertThat(rig.store.paths().getFirst().totalMegabytes()).isPositive();
    }
  }

  @Test
  void withoutUnnamedFilesUploadsAreStagedInAFolder() {
    Disk channels = Disks.choose(Disks.Form.CHANNELS).disk();
    try (StoreRig rig = StoreRig.open(folder, channels, 1)) {
      String appender = rig.stored(StoreRig.appender(), "staged");
      rig.append(appender, "+");

      assertThat(rig.read(appender)).isEqualTo("staged+");
      assertThat(rig.slave(appender, "_s", "log", "s").status()).isZero();
      assertThat(rig.regenerate(appender).status()).isZero();
      assertThat(folder.resolve("p0/data/.larder/staging")).isEmptyDirectory();
    }
  }

  @Test
  void whereThereAreNoHardLinksStagedFilesAreMoved() {
    FaultyDisk fat = new FaultyDisk(StoreRig.disk());
    fat.failAlways(FaultyDisk.Call.LINK, Errno.EPERM);
    try (StoreRig rig = StoreRig.open(folder, fat, 1)) {
      String master = rig.stored(StoreRig.plain(), "moved");

      assertThat(rig.read(master)).isEqualTo("moved");
      assertThat(rig.slave(master, "_s", "txt", "first").status()).isZero();
      assertThat(rig.slave(master, "_s", "txt", "second").status()).isEqualTo(Status.EEXIST);
      assertThat(rig.read(master.replace(".txt", "_s.txt"))).isEqualTo("first");
      assertThat(folder.resolve("p0/data/.larder/staging")).isEmptyDirectory();
    }
  }

  @Test
  void aTornLastRecordIsCut() throws IOException {
    String name;
    try (StoreRig rig = StoreRig.open(folder)) {
      name = rig.stored(StoreRig.plain(), "x");
    }
    Path binlog = folder.resolve("data/sync/binlog.000");
    Files.writeString(
        binlog,
        "1795333469 C M00/00/00/Ck0e",
        StandardCharsets.US_ASCII,
        StandardOpenOption.APPEND);

    try (StoreRig rig = StoreRig.open(folder)) {
      String next = rig.stored(StoreRig.plain(), "y");
      assertThat(rig.binlog()).containsExactly("C " + name, "C " + next);
    }
  }

  @Test
  void aDeletionThatWasRecordedIsFinished() throws IOException {
    String name;
    String slave;
    try (StoreRig rig = StoreRig.open(folder)) {
      name = rig.stored(StoreRig.plain(), "x");
      slave = rig.slave(name, "_s", "txt", "first").name();
      rig.delete(slave);
      rig.slave(name, "_s", "txt", "second");
    }
    Path binlog = folder.resolve("data/sync/binlog.000");
    String record = "1999999999 D " + name + "\n";
    Files.writeString(binlog, record, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);

    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.read(name)).isEqualTo("status 2");
      assertThat(rig.read(slave)).isEqualTo("second");
    }
  }

  @Test
  void leftoversInTheStagingFolderAreRemoved() throws IOException {
    StoreRig.open(folder).close();
    Files.writeString(folder.resolve("p0/data/.larder/staging/7"), "half");

    StoreRig.open(folder).close();

    assertThat(folder.resolve("p0/data/.larder/staging")).isEmptyDirectory();
  }
}
