package io.larder.store.trunk;

import io.larder.protocol.disk.DataInitFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// What the reference does to the files of a log when it compacts it, step by step, and what it does at a start that
/// finds a compaction unfinished: the table of S3 §9.7, in words of our own. For tests of being stopped and continued by
/// the other.
final class ReferenceCompaction {
  /// One step; a stop comes between two.
  interface Step {
    void run() throws IOException;
  }

  private final Path data;

  /// @param data `<base_path>/data`
  ReferenceCompaction(Path data) {
    this.data = data;
  }

  // ---- forward

  /// The steps of a compaction.
  ///
  /// @param snapshot lines of the free blocks
  /// @param meanwhile lines that come to the log while it is compacted
  List<Step> steps(String snapshot, String meanwhile) {
    return List.of(
        () -> remove("storage_trunk.dat.rollback", "trunk/binlog.rollback"),
        () -> note(1),
        () -> {
          if (Files.exists(data.resolve("storage_trunk.dat"))) {
            rename("storage_trunk.dat", "storage_trunk.dat.rollback");
          } else {
            write("storage_trunk.dat.rollback", "");
          }
        },
        () -> rename("trunk/binlog", "trunk/binlog.rollback"),
        () -> write("trunk/binlog", ""),
        () -> note(2),
        () -> write("trunk/binlog", meanwhile),
        () -> write("storage_trunk.dat", "0\n" + snapshot),
        () -> note(3),
        () -> write("trunk/binlog.tmp", snapshot.substring(0, snapshot.length() / 2)),
        () -> write("trunk/binlog.tmp", snapshot + read("trunk/binlog")),
        () -> note(4),
        () -> rename("trunk/binlog.tmp", "trunk/binlog"),
        () -> note(5),
        () -> remove("storage_trunk.dat"),
        () -> remove("storage_trunk.dat.rollback", "trunk/binlog.rollback"),
        () -> note(6),
        this::removeMarks,
        () -> note(9));
  }

  /// The steps of going back, from wherever a compaction stands.
  List<Step> stepsBack() {
    return List.of(
        () -> {
          if (Files.exists(data.resolve("trunk/binlog.rollback"))) {
            write("trunk/binlog.tmp", read("trunk/binlog.rollback") + read("trunk/binlog"));
            note(7);
          }
        },
        () -> {
          if (Files.exists(data.resolve("trunk/binlog.tmp"))) {
            rename("trunk/binlog.tmp", "trunk/binlog");
          }
        },
        () -> note(8),
        this::finishBack);
  }

  private void finishBack() throws IOException {
    remove("trunk/binlog.rollback");
    if (Files.exists(data.resolve("storage_trunk.dat.rollback"))) {
      if (read("storage_trunk.dat.rollback").isEmpty()) {
        remove("storage_trunk.dat", "storage_trunk.dat.rollback");
      } else {
        rename("storage_trunk.dat.rollback", "storage_trunk.dat");
      }
    }
    note(9);
  }

  // ---- start

  /// What the reference does at its start.
  void start() throws IOException {
    boolean next = Files.exists(data.resolve("trunk/binlog.tmp"));
    switch (stage()) {
      case 0, 9 -> {}
      case 4 -> {
        if (next) {
          back();
        } else {
          finish();
        }
      }
      case 5 -> finish();
      case 6 -> {
        removeMarks();
        note(9);
      }
      case 7 -> {
        if (next) {
          back();
        } else {
          finishBack();
        }
      }
      case 8 -> finishBack();
      default -> back();
    }
  }

  private void back() throws IOException {
    for (Step step : stepsBack()) {
      step.run();
    }
  }

  private void finish() throws IOException {
    remove("storage_trunk.dat", "storage_trunk.dat.rollback", "trunk/binlog.rollback");
    removeMarks();
    note(9);
  }

  // ---- files

  int stage() throws IOException {
    return DataInitFlag.parse(read(".data_init_flag")).trunkBinlogCompressStage();
  }

  void note(int stage) throws IOException {
    String flag = read(".data_init_flag");
    write(
        ".data_init_flag",
        flag.replaceFirst(
            "trunk_binlog_compress_stage=\\d+", "trunk_binlog_compress_stage=" + stage));
  }

  private void rename(String from, String to) throws IOException {
    Files.move(data.resolve(from), data.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  private void remove(String... names) throws IOException {
    for (String name : names) {
      Files.deleteIfExists(data.resolve(name));
    }
  }

  private void removeMarks() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("trunk"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mark")).toList()) {
        Files.delete(file);
      }
    }
  }

  String read(String name) throws IOException {
    Path file = data.resolve(name);
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(data.resolve(name), text, StandardCharsets.ISO_8859_1);
  }
}
