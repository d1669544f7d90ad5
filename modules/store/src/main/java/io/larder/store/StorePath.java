package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.DiskSpace;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.folder.StoreFolder;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One store path at work: its folder, its threads, its free space as last measured.
final class StorePath {
  private static final int DIRECTORY_MODE = 0b111_101_101;
  private static final long MEGABYTE = 1L << 20;

  private final Store store;
  private final StoreFolder folder;
  private final Disk disk;
  private final PathHealth health;
  private final SlotHandles slotHandles;
  private final AtomicLong stagingNumber = new AtomicLong();
  private final Set<TrunkSpan> claimed = new HashSet<>(); // guarded by itself
  private PathThread[] writers = {};
  private PathThread[] readers = {};
  private @Nullable CommitThread committer;

  private volatile boolean syncsWhole = true; // until the disk says that it has no such call
  private volatile long totalMegabytes; // written by whoever measures
  private volatile long freeMegabytes; // as above

  StorePath(Store store, StoreFolder folder, Disk disk, PathHealth health) {
    this.store = store;
    this.folder = folder;
    this.disk = disk;
    this.health = health;
    slotHandles = new SlotHandles(disk);
  }

  /// Trunk files that are open for writing.
  SlotHandles slotHandles() {
    return slotHandles;
  }

  /// What it may do now, and why not more.
  PathHealth health() {
    return health;
  }

  /// Called once, before any job.
  void serveBy(PathThread[] writing, PathThread[] reading, CommitThread committing) {
    writers = writing;
    readers = reading;
    committer = committing;
  }

  List<PathThread> writers() {
    return List.of(writers);
  }

  CommitThread committer() {
    return requireNonNull(committer);
  }

  int index() {
    return folder.index();
  }

  /// The configured path, as configured.
  String directory() {
    return folder.directory();
  }

  Disk disk() {
    return disk;
  }

  Store store() {
    return store;
  }

  /// Handle of the `data` directory, the base of true names.
  int handle() {
    return folder.handle();
  }

  StoreFolder folder() {
    return folder;
  }

  /// Says that somebody writes a copy to a slot from now on.
  ///
  /// @return whether he may: nobody else does, and the slot is not being made free
  boolean claim(TrunkSpan slot) {
    synchronized (claimed) {
      if (claimed.stream().anyMatch(slot::overlaps) || !store.trunk().freed().withdraw(slot)) {
        return false;
      }
      return claimed.add(slot);
    }
  }

  /// The opposite of [#claim].
  void unclaim(TrunkSpan slot) {
    synchronized (claimed) {
      claimed.remove(slot);
    }
  }

  /// Whether trunk files of this path have free slots that nobody has in his hands.
  boolean hasFreeSlots() {
    return store.trunk().freeBytes(index()) > 0;
  }

  /// Opens a trunk file that exists, for [#slotHandles].
  ///
  /// @return a handle or a negated [Errno]
  int openTrunkFile(TrunkFile file) {
    return disk.open(handle(), file.name(), OpenFlags.READ | OpenFlags.WRITE, 0);
  }

  /// The thread that makes all changes of a file.
  PathThread writerOf(String trueName) {
    return writers.length == 1
        ? writers[0]
        : writers[Math.floorMod(trueName.hashCode(), writers.length)];
  }

  /// A thread for a new file.
  PathThread writer(int turn) {
    return writers.length == 1 ? writers[0] : writers[Math.floorMod(turn, writers.length)];
  }

  /// A thread for reading.
  PathThread reader(int turn) {
    return readers.length == 1 ? readers[0] : readers[Math.floorMod(turn, readers.length)];
  }

  /// A name for a file being staged where files cannot be unnamed.
  String nextStagingName() {
    return StoreFolder.STAGING + "/" + stagingNumber.incrementAndGet();
  }

  /// Makes a directory that the background has not come to yet.
  ///
  /// @return 0 or a negated [Errno]
  int makeDirectory(int high, int low) {
    int outer = disk.makeDirectory(handle(), DataLayout.outerDirectory(high), DIRECTORY_MODE);
    if (outer < 0 && outer != -Errno.EEXIST) {
      return outer;
    }
    int result = disk.makeDirectory(handle(), DataLayout.directory(high, low), DIRECTORY_MODE);
    if (result < 0 && result != -Errno.EEXIST) {
      return result;
    }
    // For disks that sync no whole file system: a file's own sync does not save the names of its
    // directories.
    return syncsWhole ? 0 : syncDirectories(high);
  }

  private int syncDirectories(int high) {
    int result = disk.syncDirectory(handle(), DataLayout.outerDirectory(high));
    return result < 0 ? result : disk.syncDirectory(handle(), ".");
  }

  /// Makes what jobs have done so far durable: by one sync of the file system, or where there is no such call by those of
  /// each job.
  ///
  /// @param staged jobs whose bytes have no name yet
  /// @param recorded jobs whose records are written
  /// @return 0 or a negated [Errno]: nothing is promised of any of them
  int sync(PathWorker on, List<StoreJob> staged, List<StoreJob> recorded) {
    int result = syncsWhole ? disk.syncFileSystem(handle()) : -Errno.ENOSYS;
    if (result != -Errno.ENOSYS) {
      return result;
    }
    syncsWhole = false;
    result = syncEach(on, staged);
    return result < 0 ? result : syncEach(on, recorded);
  }

  private static int syncEach(PathWorker on, List<StoreJob> jobs) {
    int result = 0;
    for (int i = 0; i < jobs.size() && result == 0; i++) {
      result = jobs.get(i).ok() ? jobs.get(i).syncAlone(on) : 0;
    }
    return result;
  }

  /// Makes the name of a file durable.
  ///
  /// @return 0 or a negated [Errno]
  int syncDirectoryOf(String name) {
    return disk.syncDirectory(handle(), name.substring(0, name.lastIndexOf('/')));
  }

  /// Measures free space; blocks as long as the disk does.
  void measure() {
    DiskSpace space = disk.space(handle()).orElse(new DiskSpace(0, 0));
    totalMegabytes = space.totalBytes() / MEGABYTE;
    freeMegabytes = space.freeBytes() / MEGABYTE;
  }

  long totalMegabytes() {
    return totalMegabytes;
  }

  long freeMegabytes() {
    return freeMegabytes;
  }

  /// How long the longest step under way has taken; 0 when none is.
  long busyNanos() {
    long longest = committer().busyNanos();
    for (PathThread[] threads : new PathThread[][] {writers, readers}) {
      for (PathThread thread : threads) {
        longest = Math.max(longest, thread.busyNanos());
      }
    }
    return longest;
  }

  PathState state(boolean readOnly) {
    int jobs = 0;
    long bytes = 0;
    for (PathThread[] threads : new PathThread[][] {writers, readers}) {
      for (PathThread thread : threads) {
        jobs += thread.queue().jobs();
        bytes += thread.queue().bytes();
      }
    }
    PathMode asked = readOnly ? health.asked().orStricter(PathMode.DRAINED) : health.asked();
    boolean byConf = readOnly && health.now() == PathMode.NORMAL;
    return new PathState(
        index(),
        directory(),
        totalMegabytes,
        freeMegabytes,
        asked,
        health.now().orStricter(asked),
        byConf ? "store_path" + index() + "_readonly is set" : health.reason(),
        folder.wasReplaced(),
        jobs,
        bytes,
        busyNanos() / 1_000_000);
  }
}
