package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.FakeTicker;
import io.larder.platform.MemoryDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A trunk log on a temporary base path, and straight-line words for looking at its files.
final class LogRig implements AutoCloseable {
  static final long NOW = 1_800_000_000L;
  static final Path MEMORY_BASE = Path.of("/larder");

  final Path data;
  final FakeTicker time = new FakeTicker(NOW * 1000);
  final FlagFile flag;
  final TrunkLog log;

  private LogRig(Path base, Disk disk) throws IOException {
    data = base.resolve("data");
    flag = new FlagFile(disk, data);
    try {
      log = TrunkLog.open(disk, base, flag, time);
    } catch (IOException e) {
      flag.close();
      throw e;
    }
  }

  static Disk disk() {
    return Disks.choose(Disks.Form.BEST).disk();
  }

  static LogRig open(Path base) throws IOException {
    return open(base, disk());
  }

  static LogRig open(Path base, Disk disk) throws IOException {
    Files.createDirectories(base.resolve("data"));
    return new LogRig(base, disk);
  }

  /// Opens a log below `/larder` on a disk in memory.
  ///
  /// @param disk the same, or one over it
  static LogRig open(MemoryDisk memory, Disk disk) throws IOException {
    memory.makeDirectories(MEMORY_BASE.resolve("data"));
    return new LogRig(MEMORY_BASE, disk);
  }

  // ---- lines

  static LogLines freed(TrunkSpan... spans) {
    LogLines lines = new LogLines(NOW);
    for (TrunkSpan span : spans) {
      lines.freed(span);
    }
    return lines;
  }

  static String line(char operation, int id, int offset, int size) {
    return NOW + " " + operation + " 0 0 0 " + id + " " + offset + " " + size;
  }

  // ---- files

  Path file(String name) {
    return data.resolve(name);
  }

  List<String> lines() {
    return lines(file("trunk/binlog"));
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolve("..").normalize());
      Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Names below `data`, without directories, the identity and our own.
  static List<String> names(Path data) {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .map(file -> data.relativize(file).toString())
          .filter(name -> !name.startsWith(".larder") && !name.startsWith(".data_init_flag"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The free blocks that the log tells, as a storage of one path reads them.
  static List<TrunkSpan> replay(LogFolder folder, String name) throws IOException {
    BlockIndex index = new BlockIndex();
    LogReplay replay = new LogReplay(List.of(index));
    LineReader.read(folder, name, 0, folder.size(name), replay::logLine);
    List<TrunkSpan> blocks = new ArrayList<>();
    index.forEach(block -> blocks.add(index.span(block)));
    return blocks;
  }

  List<TrunkSpan> replay() throws IOException {
    return replay(log.folder(), LogFolder.BINLOG);
  }

  @Override
  public void close() {
    log.close();
    flag.close();
  }
}
