package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.duplicate.DuplicateSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links in data folders of FastDFS 6.16.1 are read and deleted, and their sources stay: who made them knows how many
/// links there are.
class ReferenceLinksTest {
  private static final String PLAIN_SOURCE = "M00/00/00/Ck0eAmsCnZqAWG4UAAAADPOSdaM285.txt";
  private static final String PLAIN_LINK = "M00/00/00/Ck0eAmsCnZyAcqzjAAAADAnHhVs077.txt";

  @TempDir Path folder;

  private StoreRig open(String sample, String... files) throws IOException {
    for (String file : files) {
      Path to = folder.resolve(file.replace("base/", "").replace("store0/", "p0/"));
      Files.createDirectories(to.getParent());
      try (InputStream in =
          ReferenceLinksTest.class.getResourceAsStream("/sample-datadir/" + sample + "/" + file)) {
        assertThat(in).as(file).isNotNull();
        Files.copy(in, to);
      }
    }
    StoreSettings settings =
        StoreRig.settings(folder, 1).withSubdirs(1, new StoreSettings.Distribution.Rotate(100));
    return StoreRig.open(StoreRig.disk(), settings, DuplicateSettings.of(true, new MemoryIndex()))
        .linking();
  }

  /// Made of the slot's header, for the record of 6.16.1 has lost the name.
  private static String nameOfTheLinkInTheSample() {
    NewName made =
        new NewName(
            new NewName.Directory(0, 0, 0),
            Source.ofIpv4("10.77.30.3"),
            0x6b029e3d,
            0x758e8379,
            Extension.NONE,
            0);
    String fresh = made.trunk(60, new TrunkPlace(1, 2304, 256)).text();
    return fresh.substring(0, fresh.length() - 7) + "260.txt";
  }

  private static void checkpoints(StoreRig rig) {
    for (int i = 0; i < 3; i++) {
      rig.stored(StoreRig.plain(), "to be recorded " + i);
      rig.store.housekeeping().checkpoint();
    }
  }

  @Test
  void aSymbolicLink() throws IOException {
    String log = "base/data/sync/binlog.000";
    try (StoreRig rig =
        open(
            "plain",
            log,
            "base/data/sync/binlog_index.dat",
            "base/data/.data_init_flag",
            "store0/data/.fastdfs_vars",
            "store0/data/" + PLAIN_SOURCE.substring(4))) {
      String content = Files.readString(rig.onDisk(PLAIN_SOURCE));
      Files.createSymbolicLink(rig.onDisk(PLAIN_LINK), rig.onDisk(PLAIN_SOURCE));
      assertThat(rig.binlog()).contains("L " + PLAIN_LINK + " " + PLAIN_SOURCE);

      assertThat(rig.read(PLAIN_LINK)).isEqualTo(content);
      assertThat(rig.info(PLAIN_LINK, true).size()).isEqualTo(12);
      assertThat(rig.delete(PLAIN_LINK).status()).isZero();
      checkpoints(rig);

      assertThat(rig.read(PLAIN_LINK)).isEqualTo("status " + Status.ENOENT);
      assertThat(rig.read(PLAIN_SOURCE)).isEqualTo(content);
      assertThat(rig.delete(PLAIN_SOURCE).status()).isZero();
    }
  }

  @Test
  void aLinkInASlot() throws IOException {
    try (StoreRig rig =
        open(
            "trunk",
            "base/data/sync/binlog.000",
            "base/data/sync/binlog_index.dat",
            "base/data/.data_init_flag",
            "store0/data/.fastdfs_vars",
            "store0/data/00/00/000001")) {
      String source = "M00/00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin";
      String link = nameOfTheLinkInTheSample();
      String content = rig.read(source);
      assertThat(content.getBytes(StandardCharsets.ISO_8859_1)).hasSize(1000);

      assertThat(rig.read(link)).isEqualTo(content);
      assertThat(rig.info(link, true).size()).isEqualTo(1000);
      assertThat(rig.delete(link).status()).isZero();
      checkpoints(rig);

      assertThat(rig.read(link)).isEqualTo("status " + Status.ENOENT);
      assertThat(rig.read(source)).isEqualTo(content);
    }
  }
}
