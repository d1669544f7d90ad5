package io.larder.server.dump;

import io.larder.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Shows what has to do with trunk files: a trunk file slot by slot, or a trunk binlog or snapshot by the free blocks it
/// leaves. Which of them a file is tells the file itself.
public final class TrunkDump {
  private final Disk disk;
  private final DumpOutput out;
  private final Options options;

  /// How it is shown.
  ///
  /// @param check whether the content of slots is read and compared
  /// @param lines whether a log is shown line by line before what it leaves
  /// @param freeBlocks the trunk binlog or snapshot that says what of a trunk file is free
  public record Options(boolean check, boolean lines, Optional<Path> freeBlocks) {}

  /// @param out where it goes
  public TrunkDump(Disk disk, Options options, DumpOutput out) {
    this.disk = disk;
    this.options = options;
    this.out = out;
  }

  /// Shows it.
  ///
  /// @param path a trunk file, `data/trunk/binlog`, or `storage_trunk.dat`
  /// @return whether every content that was compared fits
  /// @throws IOException when it cannot be read, or is another file
  public boolean dump(Path path) throws IOException {
    boolean fits = true;
    try (DumpFile file = DumpFile.open(disk, path)) {
      FileGuess guess = file.isFolder() ? FileGuess.OTHER : FileGuess.of(file);
      switch (guess) {
        case TRUNK_FILE -> fits = slots(file);
        case TRUNK_BINLOG, TRUNK_SNAPSHOT ->
            new TrunkLogDump(out).dump(file, guess == FileGuess.TRUNK_SNAPSHOT, options.lines());
        default -> throw another(file, guess);
      }
    }
    out.flush();
    return fits;
  }

  private static DumpException another(DumpFile file, FileGuess guess) {
    String wanted = "a trunk file, a trunk binlog or a snapshot of one";
    String path = file.path().toString();
    return file.isFolder()
        ? DumpException.wrongFile(
            path,
            "is a folder, not " + wanted,
            "name a file: HH/LL/000001 of a store path, data/trunk/binlog or data/storage_trunk.dat")
        : guess.insteadOf(wanted, path);
  }

  private boolean slots(DumpFile file) throws IOException {
    if (options.freeBlocks().isEmpty()) {
      return TrunkSlotsDump.dump(out, file, List.of(), options.check());
    }
    try (DumpFile log = DumpFile.open(disk, options.freeBlocks().get())) {
      FileGuess guess = FileGuess.of(log);
      if (guess != FileGuess.TRUNK_BINLOG && guess != FileGuess.TRUNK_SNAPSHOT) {
        throw guess.insteadOf("a trunk binlog or a snapshot of one", log.path().toString());
      }
      TrunkBlocks blocks = TrunkBlocks.read(log, guess == FileGuess.TRUNK_SNAPSHOT, (_, _) -> {});
      return TrunkSlotsDump.dump(out, file, blocks.of(file.name()), options.check());
    }
  }
}
