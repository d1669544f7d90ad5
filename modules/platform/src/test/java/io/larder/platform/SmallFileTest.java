package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  @TempDir Path folder;
  private final Disk disk = Disks.choose(Disks.Form.BEST).disk();
  private SmallFile file;

  @BeforeEach
  void open() {
    file = new SmallFile(disk, disk.openDirectory(folder), "state");
  }

  @Test
  void isEmptyBeforeTheFirstReplace() throws IOException {
    assertThat(file.read(10)).isEmpty();
  }

  @Test
  void hasTheContentOfTheLastReplaceAndLeavesNothingElse() throws IOException {
    file.replace("first one".getBytes(StandardCharsets.US_ASCII));
    file.replace("second".getBytes(StandardCharsets.US_ASCII));

    assertThat(file.read(10)).hasValue("second".getBytes(StandardCharsets.US_ASCII));
    try (var names = Files.list(folder)) {
      assertThat(names).containsExactly(folder.resolve("state"));
    }
  }

  @Test
  void refusesToReadMoreThanAllowed() throws IOException {
    file.replace(new byte[11]);

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> file.read(10))
        .withMessageContaining("state");
  }

  @Test
  void keepsTheOldContentWhenTheDiskFails() throws IOException {
    FaultyDisk faulty = new FaultyDisk(disk);
    SmallFile guarded = new SmallFile(faulty, faulty.openDirectory(folder), "state");
    guarded.replace("old".getBytes(StandardCharsets.US_ASCII));

    for (FaultyDisk.Call call :
        new FaultyDisk.Call[] {
          FaultyDisk.Call.WRITE, FaultyDisk.Call.SYNC, FaultyDisk.Call.RENAME
        }) {
      faulty.failNext(call, Errno.ENOSPC);
      assertThatExceptionOfType(DiskException.class)
          .isThrownBy(() -> guarded.replace(new byte[] {1}));
      assertThat(guarded.read(10)).hasValue("old".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
