package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// A disk in memory against the kernel: the same answers to the same calls, and the same files in the end.
class MemoryDiskProperties {
  @Property(tries = 300)
  void answersAreThoseOfLinux(
      @ForAll @Size(min = 1, max = 80) List<@IntRange(min = 0, max = 2_000_000) Integer> choices)
      throws IOException {
    Assume.that(LinuxCalls.obstacle().isEmpty());
    Path folder = Files.createTempDirectory("memory-disk-properties");
    try {
      Disk linux = new LinuxDisk(LinuxFeatures.probe());
      MemoryDisk memory = new MemoryDisk();
      int base = linux.openDirectory(folder);
      memory.offerUnnamedFiles(offersUnnamedFiles(linux, base));
      memory.makeDirectories(folder);
      DiskPlayer there = new DiskPlayer(linux, base);
      DiskPlayer here = new DiskPlayer(memory, memory.openDirectory(folder));

      for (int choice : choices) {
        assertThat(here.step(choice)).isEqualTo(there.step(choice));
      }
      assertThat(here.end()).isEqualTo(there.end());
      linux.close(base);
    } finally {
      remove(folder);
    }
  }

  private static boolean offersUnnamedFiles(Disk disk, int base) {
    int handle = disk.open(base, ".", OpenFlags.WRITE | OpenFlags.UNNAMED, 0b110_100_100);
    boolean offered = handle >= 0 && disk.linkUnnamed(handle, base, "probe") == 0;
    disk.unlink(base, "probe");
    disk.close(handle);
    return offered;
  }

  private static void remove(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
