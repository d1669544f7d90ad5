package io.larder.conformance.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder of a node, read without the help of the product.
///
/// @param base where the logs are
/// @param storePaths by index
record NodeFolder(Path base, List<Path> storePaths) {
  private static final Pattern FILE = Pattern.compile("[0-9A-F]{2}/[0-9A-F]{2}/[^/]+");
  private static final Pattern TRUNK_FILE = Pattern.compile("M.{9}\\d{6,9}");

  /// Logical names that lead to something, and whether it is a symbolic link.
  Map<String, Boolean> names() throws IOException {
    Map<String, Boolean> names = new TreeMap<>();
    entries().forEach((name, file) -> names.put(name, Files.isSymbolicLink(file)));
    names.keySet().removeIf(NodeFolder::isTrunkFile);
    return names;
  }

  /// The trunk files, by names that look like logical ones.
  Map<String, Path> trunkFiles() throws IOException {
    Map<String, Path> files = entries();
    files.keySet().removeIf(name -> !isTrunkFile(name));
    return files;
  }

  /// What stands in the staging folders.
  Set<String> staged() throws IOException {
    Set<String> staged = new TreeSet<>();
    for (Path storePath : storePaths) {
      Path staging = storePath.resolve("data/.larder/staging");
      if (Files.exists(staging)) {
        try (Stream<Path> all = Files.list(staging)) {
          all.forEach(file -> staged.add(file.toString()));
        }
      }
    }
    return staged;
  }

  /// The binlog of the files.
  Path binlog() {
    return base.resolve("data/sync/binlog.000");
  }

  /// The space that was reserved for slots and is not given back.
  List<Block> lots() throws IOException {
    Path list = base.resolve("data/.larder/trunk-lots");
    if (!Files.exists(list)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(list)) {
      return lines
          .filter(line -> line.startsWith("L "))
          .map(line -> Block.of(("0 " + line).split(" ", -1)))
          .toList();
    }
  }

  /// A file of the free space in trunk files.
  Path trunk(String name) {
    return base.resolve("data").resolve(name);
  }

  private Map<String, Path> entries() throws IOException {
    Map<String, Path> entries = new TreeMap<>();
    for (int i = 0; i < storePaths.size(); i++) {
      Path data = storePaths.get(i).resolve("data");
      String prefix = "M%02X/".formatted(i);
      try (Stream<Path> all = Files.walk(data, 3)) {
        all.filter(file -> FILE.matcher(data.relativize(file).toString()).matches())
            .forEach(file -> entries.put(prefix + data.relativize(file), file));
      }
    }
    return entries;
  }

  private static boolean isTrunkFile(String name) {
    return TRUNK_FILE.matcher(name).matches();
  }
}
