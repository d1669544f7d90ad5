package io.larder.conformance.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A small real file system that only one node sees, in a mount namespace of its own; it goes with the node. The test reaches
/// it through `/proc`.
final class SmallDisk {
  private static final String MAKE_EXT4 = "/usr/sbin/mkfs.ext4";
  private static final long IMAGE_BYTES = 32L << 20;

  private final List<String> namespace;
  private final Path place;
  private final String mount;

  private SmallDisk(Path place, String mount) {
    this.namespace = MountNamespace.enter();
    this.place = place;
    this.mount = mount;
  }

  /// A file system in memory.
  ///
  /// @param place an empty folder
  /// @param options such as `size=16m`
  static SmallDisk inMemory(Path place, String options) {
    return new SmallDisk(place, "mount -t tmpfs -o " + options + " tmpfs '" + place + "'");
  }

  /// A file system of the kind that most disks have, in an image behind a loop device.
  ///
  /// @param place an empty folder
  /// @return empty where this user cannot have one
  static Optional<SmallDisk> ofBlocks(Path place) throws IOException {
    Path image = place.resolveSibling(place.getFileName() + ".img");
    try (RandomAccessFile empty = new RandomAccessFile(image.toString(), "rw")) {
      empty.setLength(IMAGE_BYTES);
    }
    SmallDisk disk =
        new SmallDisk(place, "mount -o loop,errors=remount-ro '" + image + "' '" + place + "'");
    boolean usable =
        Shell.run(List.of(MAKE_EXT4, "-q", "-F", image.toString())).isGood()
            && Shell.run(Shell.line(disk.namespace, "sh", "-c", disk.mount)).isGood();
    return usable ? Optional.of(disk) : Optional.empty();
  }

  /// A node that has the disk mounted.
  Surroundings mounted(Surroundings plain) {
    return plain.wrapper(
        Shell.line(namespace, "sh", "-c", mount + " && exec \"$@\"", "sh").toArray(new String[0]));
  }

  /// A file of the disk as this process reaches it.
  Path seenThrough(LarderProcess node, String name) {
    return Path.of("/proc/" + node.pid() + "/root" + place).resolve(name);
  }

  /// What the kernel does with a disk that it cannot trust any more: no write reaches it again.
  void turnReadOnly(LarderProcess node) {
    List<String> enter = List.of("nsenter", "--target", Long.toString(node.pid()), "--mount");
    Shell.Outcome mounted =
        Shell.run(Shell.line(enter, "mount", "-o", "remount,abort", place.toString()));
    if (!mounted.isGood()) {
      throw new AssertionError("remount: " + mounted.output());
    }
  }

  /// Writes zeros into a file until nothing more fits.
  static void fill(Path file) {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return;
    }
  }

  /// Makes empty files in a folder until it can hold no more names.
  static void fillWithNames(Path folder) {
    try {
      Files.createDirectories(folder);
      for (int i = 0; ; i++) {
        Files.createFile(folder.resolve("f" + i));
      }
    } catch (IOException full) {
      return;
    }
  }
}
