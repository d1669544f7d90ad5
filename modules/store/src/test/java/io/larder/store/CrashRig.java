package io.larder.store;

import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import io.larder.platform.PowerCut;
import io.larder.store.duplicate.DuplicateSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A store on a disk in memory, for cuts at any call: one store path, one directory, nothing that runs by itself.
final class CrashRig {
  static final Path BASE = Path.of("/larder");
  private static final Path DATA = BASE.resolve("p0/data");

  /// How it ends.
  enum End {
    /// The process dies, the page cache stays.
    KILL,
    /// The machine dies, and nothing is there that was not synced.
    CUT_KEEPING_NOTHING,
    /// The machine dies, and everything had reached the disk.
    CUT_KEEPING_ALL,
    /// The machine dies, and what was not synced is there in any part.
    CUT_BY_CHANCE;

    boolean losesPower() {
      return this != KILL;
    }
  }

  final MemoryDisk memory = new MemoryDisk();
  final FaultyDisk disk = new FaultyDisk(memory);
  private final StoreSettings settings;
  private final boolean packs;
  private Optional<MemoryIndex> index = Optional.empty();

  /// @param packs whether small files go to trunk files
  CrashRig(Durability level, boolean packs) {
    this(level, packs, Duration.ofHours(1));
  }

  /// @param checkpoint how often a checkpoint is made
  CrashRig(Durability level, boolean packs, Duration checkpoint) {
    this.packs = packs;
    memory.makeDirectories(BASE.resolve("p0"));
    Duration hour = Duration.ofHours(1);
    settings =
        StoreSettings.of(
                BASE,
                List.of(BASE.resolve("p0").toString()),
                new StoreSettings.Mark("10.0.0.1", 23000))
            .withSubdirs(1, new StoreSettings.Distribution.Rotate(1000))
            .withIntervals(new StoreSettings.Intervals(hour, hour, checkpoint, hour))
            .withLimits(new StoreSettings.Limits(1000, 64L << 20, hour))
            .withSafety(new StoreSettings.Safety(level, 0));
  }

  /// The same with duplicates looked for.
  CrashRig linking() {
    index = Optional.of(new MemoryIndex());
    return this;
  }

  private DuplicateSettings duplicates() {
    return index.map(opener -> DuplicateSettings.of(true, opener)).orElse(DuplicateSettings.OFF);
  }

  /// Opens the store; its directories are made.
  StoreRig open() {
    StoreRig rig = StoreRig.open(disk, settings, duplicates());
    if (index.isPresent()) {
      rig.linking();
    }
    while (memory.exists(DATA.resolve(".larder/making-directories"))) {
      Thread.onSpinWait(); // the background makes one directory
    }
    return packs ? rig.packing(StoreRig.trunkParameters(256 << 10)) : rig;
  }

  /// Whether small files go to trunk files.
  boolean packs() {
    return packs;
  }

  /// Opens the store as it is, for a start that is to fail.
  StoreRig openUnfinished() {
    StoreRig rig = StoreRig.open(disk, settings, duplicates());
    if (packs) {
      rig.store.packSmallFiles(Optional.of(StoreRig.trunkParameters(256 << 10)));
      rig.store.serveSlots(true);
    }
    return rig;
  }

  /// Makes all that was done so far durable.
  void settle() {
    int handle = memory.openDirectory(BASE);
    memory.syncFileSystem(handle);
    memory.close(handle);
  }

  /// Ends the process or the machine; the store that is open gets nothing done any more.
  void end(End how, RandomGenerator random) {
    switch (how) {
      case KILL -> memory.kill();
      case CUT_KEEPING_NOTHING -> memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);
      case CUT_KEEPING_ALL -> memory.powerCut(PowerCut.EVERYTHING_KEPT);
      case CUT_BY_CHANCE -> memory.powerCut(PowerCut.of(random));
    }
    disk.heal();
    if (how.losesPower()) {
      index.ifPresent(opener -> opener.powerCut(random));
    }
  }

  /// True names of the stored files, links included.
  List<String> files() {
    return memory.files(DATA.resolve("00")).stream()
        .map(file -> DATA.relativize(file).toString())
        .toList();
  }

  /// Files of ours that only a change under way may leave.
  List<Path> leftovers() {
    return memory.files(DATA.resolve(".larder/staging"));
  }

  /// What lay in slots that copies had to go to.
  List<byte[]> aside() {
    return memory.files(DATA.resolve(".larder/aside")).stream().map(memory::content).toList();
  }

  String binlog() {
    return new String(
        memory.content(BASE.resolve("data/sync/binlog.000")), StandardCharsets.ISO_8859_1);
  }

  byte[] content(String trueName) {
    return memory.content(DATA.resolve(trueName));
  }

  boolean exists(String trueName) {
    return memory.exists(DATA.resolve(trueName));
  }
}
