package io.larder.conformance.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A small real file system that only one node sees, in a mount namespace of its own; it goes with the node. The test reaches
/// it through `/proc`.
///
/// Needs root, or user namespaces that everybody may make. Where there is neither the tests fail and say so: what they try
/// can be tried nowhere else.
final class SmallDisk {
  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "--mount"), List.of("unshare", "--map-root-user", "--mount"));
  private static final String MAKE_EXT4 = "/usr/sbin/mkfs.ext4";
  private static final long IMAGE_BYTES = 32L << 20;

  private final List<String> namespace;
  private final Path place;
  private final String mount;

  private SmallDisk(Path place, String mount) {
    this.namespace =
        WAYS.stream()
            .filter(way -> run(line(way, "mount", "-t", "tmpfs", "tmpfs", "/mnt")).isEmpty())
            .findFirst()
            .orElseThrow(() ->
                new AssertionError(
                    "no mount namespace can be made here, so that full disks cannot be tried. Remedy: run as root,"
                        + " or let users make namespaces (sysctl kernel.unprivileged_userns_clone=1)."));
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
        run(List.of(MAKE_EXT4, "-q", "-F", image.toString())).isEmpty()
            && run(line(disk.namespace, "sh", "-c", disk.mount)).isEmpty();
    return usable ? Optional.of(disk) : Optional.empty();
  }

  /// A node that has the disk mounted.
  Surroundings mounted(Surroundings plain) {
    return plain.wrapper(
        line(namespace, "sh", "-c", mount + " && exec \"$@\"", "sh").toArray(new String[0]));
  }

  /// A file of the disk as this process reaches it.
  Path seenThrough(LarderProcess node, String name) {
    return Path.of("/proc/" + node.pid() + "/root" + place).resolve(name);
  }

  /// What the kernel does with a disk that it cannot trust any more: no write reaches it again.
  void turnReadOnly(LarderProcess node) {
    List<String> enter = List.of("nsenter", "--target", Long.toString(node.pid()), "--mount");
    Optional<String> failure = run(line(enter, "mount", "-o", "remount,abort", place.toString()));
    if (failure.isPresent()) {
      throw new AssertionError("remount: " + failure.get());
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

  private static List<String> line(List<String> first, String... then) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(then));
    return all;
  }

  /// Why a command failed; empty when it did not.
  private static Optional<String> run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of("no end");
      }
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(output + " ");
    } catch (IOException e) {
      return Optional.of(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(e.toString());
    }
  }
}
