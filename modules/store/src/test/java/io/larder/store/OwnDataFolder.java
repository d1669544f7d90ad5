package io.larder.store;

import io.larder.platform.Disk;
import io.larder.store.duplicate.DuplicateSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/// A data directory that our own store wrote, with a file of every kind; for tests that look at what is on disk.
public final class OwnDataFolder {
  private OwnDataFolder() {}

  /// Writes one with two store paths, `p0` and `p1`, and ends the store in order.
  ///
  /// @return the logical name of a plain file in it
  public static String write(Path folder) {
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2)) {
      String plain = fill(rig);
      awaitDirectories(folder);
      return plain;
    }
  }

  /// Writes one whose small files are packed into trunk files, and ends the store in order.
  ///
  /// @return the logical names of two packed files in it, one after another in their trunk file
  public static List<String> writePacked(Path folder) {
    makeFirstCheckpoint(folder);
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2).packing()) {
      List<String> packed = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        packed.add(rig.stored(StoreRig.plain(), "x".repeat(200) + i));
      }
      packed.removeIf(name -> name.startsWith("M01"));
      fill(rig);
      return packed;
    }
  }

  /// Writes one whose uploads are links to hidden sources, plain ones and packed ones, and ends the store in order.
  public static void writeLinking(Path folder) {
    makeFirstCheckpoint(folder);
    DuplicateSettings duplicates = DuplicateSettings.of(true, new MemoryIndex());
    try (StoreRig rig =
        StoreRig.open(StoreRig.disk(), StoreRig.settings(folder, 2), duplicates).linking()) {
      fill(rig);
      twice(rig);
      rig.packing();
      twice(rig);
      fill(rig);
    }
  }

  private static void twice(StoreRig rig) {
    for (int i = 0; i < 6; i++) {
      rig.stored(StoreRig.plain(), "y".repeat(700) + i % 3);
    }
    rig.delete(rig.stored(StoreRig.plain(), "y".repeat(700)));
  }

  /// Behind a checkpoint, a start knows which slots of deleted files are not in use again.
  private static void makeFirstCheckpoint(Path folder) {
    Duration hour = Duration.ofHours(1);
    StoreSettings.Intervals often =
        new StoreSettings.Intervals(hour, hour, Duration.ofMillis(5), hour);
    StoreSettings settings = StoreRig.settings(folder, 2).withIntervals(often);
    try (StoreRig rig = StoreRig.open(StoreRig.disk(), settings)) {
      awaitDirectories(folder);
      rig.stored(StoreRig.plain(), "before the checkpoint");
      Awaitility.await().until(() -> Files.exists(folder.resolve("data/.larder/checkpoint")));
    }
  }

  /// Writes a packed one and leaves it as a process does that is killed after so many changes of the disk.
  public static void writePackedAndKill(Path folder, Disk disk, Runnable kill) {
    try (StoreRig rig = StoreRig.open(folder, disk, 2).packing()) {
      awaitDirectories(folder);
      kill.run();
      fill(rig);
    } catch (AssertionError e) {
      // the store was dead; what it left is the point
    }
  }

  /// Writes one and leaves it as a process does that is killed after so many changes of the disk.
  public static void writeAndKill(Path folder, Disk disk, Runnable kill) {
    try (StoreRig rig = StoreRig.open(folder, disk, 2)) {
      awaitDirectories(folder);
      kill.run();
      fill(rig);
    } catch (AssertionError e) {
      // the store was dead; what it left is the point
    }
  }

  /// A store that runs on the folder until it is closed.
  public static AutoCloseable open(Path folder) {
    StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2);
    awaitDirectories(folder);
    return rig;
  }

  private static void awaitDirectories(Path folder) {
    for (String path : new String[] {"p0", "p1"}) {
      Path mark = folder.resolve(path).resolve("data/.larder/making-directories");
      Awaitility.await().until(() -> Files.notExists(mark));
    }
  }

  private static String fill(StoreRig rig) {
    String first = rig.stored(StoreRig.plain(), "a plain file");
    for (int i = 0; i < 12; i++) {
      rig.stored(StoreRig.plain(), "plain file " + i);
    }
    rig.stored(StoreRig.plain(), "");
    String appender = rig.stored(StoreRig.appender(), "begin");
    rig.append(appender, " and more");
    rig.modify(appender, 2, "xx");
    rig.truncate(appender, 4);
    String renamed = rig.stored(StoreRig.appender(), "to be renamed");
    rig.append(renamed, " soon");
    rig.regenerate(renamed);
    rig.slave(first, "_small", "txt", "a slave");
    rig.setMetadata(first, SetMetadata.Mode.OVERWRITE, "width\u0002160\u0001height\u000280");
    rig.setMetadata(first, SetMetadata.Mode.MERGE, "height\u0002100");
    rig.link(first, Optional.empty(), "", "txt");
    String gone = rig.stored(StoreRig.plain(), "deleted again");
    rig.setMetadata(gone, SetMetadata.Mode.OVERWRITE, "a\u00021");
    rig.delete(gone);
    rig.uploadStreamed(StoreRig.plain(), "x".repeat(300_000));
    return first;
  }
}
