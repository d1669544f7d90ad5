package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Disks.Form.class)
  void isHeldByOneAtATime(Disks.Form form) throws IOException {
    Disk disk = Disks.choose(form).disk();
    int base = disk.openDirectory(folder);
    Path file = folder.resolve("lock");
    Files.writeString(file, "what an older process with a longer number left");

    try (LockFile held = LockFile.take(disk, base, "lock", file)) {
      assertThat(held).isNotNull();
      assertThatIOException()
          .isThrownBy(() -> LockFile.take(disk, base, "lock", file))
          .withMessage(file + " is held by this process already");
      assertThat(Files.readString(file)).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    LockFile.take(disk, base, "lock", file).close();
    disk.close(base);
  }

  @Test
  void whatAnotherProcessHoldsIsRefusedWithTheReason() {
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    int base = disk.openDirectory(folder);
    int foreign = disk.open(base, "lock", OpenFlags.WRITE | OpenFlags.CREATE, 0b110_100_100);
    disk.lock(foreign);

    assertThatIOException()
        .isThrownBy(() -> LockFile.take(disk, base, "lock", folder.resolve("lock")))
        .withMessageContaining("is held by another process: two storages must not share a folder");
    disk.close(foreign);
  }

  @Test
  void goesWithTheProcess() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    Path memory = Path.of("/data");
    Path file = memory.resolve("lock");
    disk.makeDirectories(memory);
    LockFile.take(disk, disk.openDirectory(memory), "lock", file);

    disk.kill();
    int base = disk.openDirectory(memory);

    LockFile.take(disk, base, "lock", file).close();
    disk.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);
    assertThat(disk.exists(file)).isFalse();
  }

  @Test
  void whatCannotBeMadeIsNamed() {
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    int base = disk.openDirectory(folder);

    assertThatIOException()
        .isThrownBy(() -> LockFile.take(disk, base, "none/lock", folder.resolve("none/lock")))
        .withMessageContaining(folder.resolve("none/lock").toString());
  }
}
