package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteTest {
  @TempDir Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aDeletedFileIsGoneAndRecorded() {
    String name = rig.stored(StoreRig.plain(), "x");

    assertThat(rig.delete(name).status()).isZero();

    assertThat(rig.files()).isEmpty();
    assertThat(rig.binlog()).endsWith("D " + name);
    assertThat(rig.delete(name).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.read(name)).isEqualTo("status 2");
  }

  @Test
  void metadataGoesWithTheFileAndIsRecordedAfterIt() {
    String name = rig.stored(StoreRig.plain(), "x");
    rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, "a\u0002b");

    rig.delete(name);

    assertThat(rig.files()).isEmpty();
    assertThat(rig.binlog()).endsWith("D " + name, "D " + name + "-m");
  }

  @Test
  void slavesStay() {
    String name = rig.stored(StoreRig.plain(), "x");
    String slave = rig.slave(name, "_s", "txt", "s").name();

    rig.delete(name);

    assertThat(rig.read(slave)).isEqualTo("s");
    assertThat(rig.delete(slave).status()).isZero();
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    String name = "M00/00/00/0123456789";
    rig.stored(StoreRig.plain(), "makes the directory");
    Files.createDirectory(rig.onDisk(name));

    assertThat(rig.delete(name).status()).isEqualTo(Status.EISDIR);
  }

  @Test
  void anUnknownStorePathIsRefused() {
    assertThat(rig.delete("M07/00/00/0123456789").status()).isEqualTo(Status.EINVAL);
  }

  @Test
  void aPlainLinkIsDeletedAloneAndASlaveLinkWithItsTarget() {
    String source = rig.stored(StoreRig.plain(), "x");
    String link = rig.link(source, Optional.empty(), "", "txt").name();
    String slaveLink = rig.link(source, Optional.of(link), "_s", "txt").name();

    assertThat(rig.delete(link).status()).isZero();
    assertThat(rig.read(source)).isEqualTo("x");
    assertThat(rig.delete(slaveLink).status()).isZero();

    assertThat(rig.read(source)).isEqualTo("status 2");
    assertThat(rig.binlog()).endsWith("D " + link, "D " + source, "D " + slaveLink);
  }

  @Test
  void twoDeletesOfOneFileAtOnceAreOneDelete() {
    String name = rig.stored(StoreRig.plain(), "x");
    Asked.ADelete first = new Asked.ADelete();
    Asked.ADelete second = new Asked.ADelete();
    rig.loop.run(() -> {
      first.submit(rig.lane, StoreRig.name(name));
      second.submit(rig.lane, StoreRig.name(name));
    });

    assertThat(TestLoop.await(first.done).status()).isZero();
    assertThat(TestLoop.await(second.done).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.binlog().stream().filter(line -> line.startsWith("D "))).hasSize(1);
  }
}
