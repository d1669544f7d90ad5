package io.larder.store.verify;

import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static io.larder.protocol.sample.SampleDataFolder.TRUNK_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.protocol.sample.SampleDataFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that cannot read everything: what cannot be read is told as such, and never called missing.
class SickDiskTest {
  @TempDir Path folder;

  private static Checked check(SampleDataFolder sample, String... sick) {
    Disk disk = SickDisk.of(Checked.disk(), sick);
    return Checked.of(disk, o -> o, sample.base(), sample.store());
  }

  @Test
  void aFileThatCannotBeReadIsTold() {
    assertThat(check(SampleDataFolder.plain(folder), PLAIN).lines())
        .containsExactly("unreadable " + PLAIN);
  }

  @Test
  void aDirectoryThatCannotBeListedIsToldOnceAndTheOthersAreChecked() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    Breakage.write(sample.file("01/00/stranger"), "x");

    assertThat(check(sample, "00/00").lines())
        .containsExactly("unreadable 00/00", "stranger 01/00/stranger");
  }

  @Test
  void aTrunkFileThatCannotBeReadIsToldAndItsFilesAreNotCalledMissing() {
    SampleDataFolder sample = SampleDataFolder.trunk(folder);

    assertThat(check(sample, TRUNK_FILE).lines())
        .contains("unreadable " + TRUNK_FILE)
        .noneMatch(line -> line.startsWith("trunk-file-missing"));
  }

  @Test
  void aLogThatCannotBeReadIsToldAndFilesAreNotCalledUnrecorded() {
    assertThat(check(SampleDataFolder.plain(folder), "sync/binlog.000").lines())
        .containsExactly("binlog-unreadable sync/binlog.000");
  }
}
