package io.larder.conformance.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What is free in trunk files, as FastDFS would read it from the folder.
final class FreeBlocks {
  private static final int FIELDS = 8;

  private final Map<String, NavigableMap<Integer, Block>> byFile = new HashMap<>();

  private FreeBlocks() {}

  /// Every reading of the folder; none while a shorter log is taking the place of the log.
  static List<FreeBlocks> readings(NodeFolder folder) throws IOException {
    Path log = folder.trunk("trunk/binlog");
    boolean quiet =
        Files.exists(log)
            && Files.notExists(folder.trunk("trunk/binlog.rollback"))
            && Files.notExists(folder.trunk("storage_trunk.dat.rollback"));
    if (!quiet) {
      return List.of();
    }
    List<FreeBlocks> readings = new ArrayList<>();
    readings.add(new FreeBlocks().replay(whole(Files.readAllBytes(log))));
    Path snapshot = folder.trunk("storage_trunk.dat");
    if (Files.exists(snapshot)) {
      bySnapshot(Files.readString(snapshot), Files.readAllBytes(log)).ifPresent(readings::add);
    }
    return readings;
  }

  private static Optional<FreeBlocks> bySnapshot(String snapshot, byte[] log) {
    int firstLine = snapshot.indexOf('\n');
    int from = Integer.parseInt(snapshot.substring(0, firstLine));
    if (from > log.length) {
      return Optional.empty(); // of a longer log: it is not believed
    }
    byte[] rest = new byte[log.length - from];
    System.arraycopy(log, from, rest, 0, rest.length);
    return Optional.of(
        new FreeBlocks().replay(snapshot.substring(firstLine + 1)).replay(whole(rest)));
  }

  /// The last line may be cut by a kill.
  private static String whole(byte[] log) {
    String text = new String(log, StandardCharsets.US_ASCII);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private FreeBlocks replay(String lines) {
    for (String line : lines.lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length != FIELDS) {
        throw new AssertionError("no line of a trunk log: " + line);
      }
      Block block = Block.of(fields);
      NavigableMap<Integer, Block> file =
          byFile.computeIfAbsent(block.file(), _ -> new TreeMap<>());
      if (fields[1].equals("A")) {
        file.put(block.offset(), block);
      } else {
        file.remove(block.offset());
      }
    }
    return this;
  }

  /// The free block that a piece overlaps.
  Optional<Block> overlapping(Block piece) {
    NavigableMap<Integer, Block> file = byFile.getOrDefault(piece.file(), new TreeMap<>());
    return Optional.ofNullable(file.lowerEntry(piece.end()))
        .map(Map.Entry::getValue)
        .filter(piece::overlaps);
  }

  long bytes() {
    return byFile.values().stream()
        .flatMap(file -> file.values().stream())
        .mapToLong(Block::size)
        .sum();
  }
}
