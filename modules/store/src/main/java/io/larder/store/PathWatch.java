package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.OpenFlags;
import io.larder.store.folder.StoreFolder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;

/// Looks after one store path: whether its threads come back in time, whether its folder is still there, whether it can
/// be written again. Called by the clockwork of the store; what touches the disk runs on a reader thread of the path.
final class PathWatch {
  private static final String TRIAL = StoreFolder.OWN + "/trial";
  private static final int TRIAL_BYTES = 4096;
  private static final int MODE = 0b110_100_100;

  private final StorePath path;
  private final long slowNanos;
  private final Probe probe = new Probe();
  private volatile boolean probing; // set by the clockwork, cleared by the reader thread

  PathWatch(StorePath path, Duration slowAfter) {
    this.path = path;
    slowNanos = slowAfter.toNanos();
  }

  /// Compares the time of the step under way with its limit.
  void look() {
    if (path.busyNanos() > slowNanos) {
      path.health()
          .found(
              PathFault.SLOW,
              "a step takes longer than " + Duration.ofNanos(slowNanos).toSeconds() + " s");
    } else {
      path.health().over(PathFault.SLOW);
    }
  }

  /// Sends the probe, unless the last one is still under way.
  void probe() {
    if (!probing) {
      probing = true;
      path.reader(0).queue().push(probe, probe, 1, 0);
    }
  }

  /// Whether the configured folder is the one whose lock this process holds.
  private void checkFolder() {
    if (path.folder().isThere()) {
      path.health().over(PathFault.VANISHED);
    } else {
      path.health().found(PathFault.VANISHED, "its folder is gone, or another one is in its place");
    }
  }

  /// Whether a disk that was full, or took no writes, takes them again.
  private void tryWriting() {
    Disk disk = path.disk();
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE;
    int file = disk.open(path.handle(), TRIAL, flags, MODE);
    if (file < 0) {
      return;
    }
    ByteBuf block = Unpooled.directBuffer(TRIAL_BYTES).writeZero(TRIAL_BYTES);
    int result = disk.write(file, 0, block, 0, TRIAL_BYTES);
    result = result < 0 ? result : disk.sync(file);
    block.release();
    disk.close(file);
    disk.unlink(path.handle(), TRIAL);
    if (result >= 0) {
      path.health().over(PathFault.READ_ONLY_FILE_SYSTEM);
      path.health().over(PathFault.FULL);
    }
  }

  /// Travels through a reader thread, so that a disk that hangs holds up nobody else.
  private final class Probe extends StoreJob {
    @Override
    Progress perform(PathThread on) {
      path.measure();
      checkFolder();
      if (path.health().has(PathFault.READ_ONLY_FILE_SYSTEM) || path.health().has(PathFault.FULL)) {
        tryWriting();
      }
      return Progress.DONE;
    }

    @Override
    protected void completed() {
      probing = false;
    }
  }
}
