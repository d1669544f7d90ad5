package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTest {
  @TempDir Path folder;
  private FaultyDisk disk;
  private StoreRig rig;

  @BeforeEach
  void open() {
    disk = new FaultyDisk(StoreRig.disk());
    rig = StoreRig.open(folder, disk, 1).quiet();
  }

  @AfterEach
  void close() {
    disk.heal();
    rig.close();
  }

  @Test
  void anUploadToAReadOnlyFullOrForbiddenFolderFailsWithItsReason() {
    for (int errno : new int[] {Errno.EROFS, Errno.ENOSPC, Errno.EACCES, Errno.EIO}) {
      for (Call call : List.of(Call.OPEN, Call.WRITE, Call.STATUS, Call.LINK)) {
        disk.failNext(call, errno);

        Asked.Outcome outcome = rig.upload(StoreRig.plain(), "x");

        assertThat(outcome.status()).as("%s", call).isEqualTo(errno);
        assertThat(outcome.message()).contains(folder.resolve("p0").toString());
        assertThat(rig.files()).isEmpty();
        assertThat(rig.binlog()).isEmpty();
        rig.close();
        open();
      }
    }
  }

  @Test
  void withoutARecordNothingIsDone() {
    String appender = rig.stored(StoreRig.appender(), "0123");
    List<String> before = rig.binlog();

    failingRecord();
    assertThat(rig.upload(StoreRig.plain(), "x").status()).isEqualTo(Errno.ENOSPC);
    failingRecord();
    assertThat(rig.append(appender, "456").status()).isEqualTo(Errno.ENOSPC);
    failingRecord();
    assertThat(rig.truncate(appender, 9).status()).isEqualTo(Errno.ENOSPC);
    failingRecord();
    assertThat(rig.regenerate(appender).status()).isEqualTo(Errno.ENOSPC);
    failingRecord();
    assertThat(rig.link(appender, Optional.empty(), "", "").status()).isEqualTo(Errno.ENOSPC);
    failingRecord();
    assertThat(rig.delete(appender).status()).isEqualTo(Errno.ENOSPC);

    assertThat(rig.binlog()).isEqualTo(before);
    assertThat(rig.files()).hasSize(1);
    assertThat(rig.read(appender)).isEqualTo("0123");
    assertThat(rig.append(appender, "4").status()).isZero();
  }

  private void failingRecord() {
    disk.failNext(Call.APPEND, Errno.ENOSPC);
  }

  @Test
  void aBinlogThatCannotBeCutBackTakesNothingMore() {
    disk.failNext(Call.APPEND, Errno.EIO);
    disk.failNext(Call.TRUNCATE, Errno.EIO);
    assertThat(rig.upload(StoreRig.plain(), "x").status()).isEqualTo(Errno.EIO);

    Asked.Outcome next = rig.upload(StoreRig.plain(), "y");
    assertThat(next.status()).isEqualTo(Errno.EROFS);
    assertThat(next.message()).contains("binlog").contains("Remedy");
    assertThat(rig.files()).isEmpty();
  }

  @Test
  void anAppendThatFailsHalfWayIsCutAway() {
    String appender = rig.stored(StoreRig.appender(), "0123");
    disk.failNext(Call.WRITE, Errno.ENOSPC);

    assertThat(rig.append(appender, "456").status()).isEqualTo(Errno.ENOSPC);
    assertThat(rig.read(appender)).isEqualTo("0123");
  }

  @Test
  void metadataThatCannotBeWrittenStaysAsItWas() {
    String name = rig.stored(StoreRig.plain(), "x");
    rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, "a\u00021");
    for (Call call : List.of(Call.OPEN, Call.WRITE, Call.SYNC, Call.RENAME)) {
      disk.failNext(call, Errno.ENOSPC);
      assertThat(rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, "b\u00022").status())
          .isEqualTo(Errno.ENOSPC);
    }

    assertThat(rig.metadata(name).text()).isEqualTo("a\u00021");
    assertThat(folder.resolve("p0/data/.larder/staging")).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeDeletedIsReported() {
    String name = rig.stored(StoreRig.plain(), "x");
    disk.failNext(Call.UNLINK, Errno.EROFS);

    assertThat(rig.delete(name).status()).isEqualTo(Errno.EROFS);
  }

  @Test
  void aDiskThatFailsToReadIsReported() {
    String name = rig.stored(StoreRig.plain(), "x");
    disk.failNext(Call.READ, Errno.EIO);

    assertThat(rig.read(name)).startsWith("read -5");
  }
}
