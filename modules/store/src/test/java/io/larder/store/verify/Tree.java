package io.larder.store.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// What a folder is to the byte: every name with kind, size, CRC32 or target.
final class Tree {
  private Tree() {}

  static String of(Path folder) throws IOException {
    return String.join("\n", lines(folder));
  }

  static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted().toList()) {
        lines.add(folder.relativize(path) + " " + what(path));
      }
    }
    return lines;
  }

  private static String what(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return "folder";
    }
    CRC32 crc = new CRC32();
    crc.update(Files.readAllBytes(path));
    return Files.size(path) + " " + Long.toHexString(crc.getValue());
  }
}
