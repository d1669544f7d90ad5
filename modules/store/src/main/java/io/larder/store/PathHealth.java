package io.larder.store;

import io.larder.platform.Errno;
import io.larder.platform.WallClock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one store path may do now: what the operator lets it, less what its faults forbid. Any thread.
final class PathHealth {
  private static final Logger LOGGER = LoggerFactory.getLogger(PathHealth.class);

  // Errors of a device or file system, beside those that every write may meet.
  private static final int ENXIO = 6;
  private static final int ENODEV = 19;
  private static final int ESTALE = 116;
  private static final int EUCLEAN = 117;
  private static final int EREMOTEIO = 121;
  private static final int EDQUOT = 122;

  private final int index;
  private final String directory;
  private final WallClock clock;
  private final Consumer<PathEvent> listener;

  // Guarded by this.
  private final Map<PathFault, String> faults = new EnumMap<>(PathFault.class);
  private PathMode asked = PathMode.NORMAL;

  private volatile PathMode now = PathMode.NORMAL; // what the above comes to, read on every request
  private volatile String reason = ""; // why it is not normal

  PathHealth(int index, String directory, WallClock clock, Consumer<PathEvent> listener) {
    this.index = index;
    this.directory = directory;
    this.clock = clock;
    this.listener = listener;
  }

  PathMode now() {
    return now;
  }

  /// Why it does not do everything; empty when it does.
  String reason() {
    return reason;
  }

  synchronized PathMode asked() {
    return asked;
  }

  synchronized void ask(PathMode mode) {
    asked = mode;
    settle();
  }

  synchronized boolean has(PathFault fault) {
    return faults.containsKey(fault);
  }

  /// A fault was found.
  ///
  /// @param cause what was seen
  synchronized void found(PathFault fault, String cause) {
    if (!faults.containsKey(fault)) {
      faults.put(fault, cause);
      settle();
    }
  }

  /// A fault is over.
  synchronized void over(PathFault fault) {
    if (faults.remove(fault) != null) {
      settle();
    }
  }

  /// A sync failed. Whatever the reason, the kernel may have dropped what was to be written, and a later sync that works
  /// says nothing of it: only a restart finds out what is on the disk.
  void syncFailed(int result) {
    found(PathFault.WRITE_ERROR, "a sync failed: " + Errno.text(-result));
  }

  /// Takes the answer of a call that was to write.
  ///
  /// @param result negative when it failed
  void wrote(int result) {
    if (result >= 0) {
      return;
    }
    switch (-result) {
      case Errno.ENOSPC, EDQUOT -> found(PathFault.FULL, "the disk is full");
      case Errno.EROFS ->
          found(PathFault.READ_ONLY_FILE_SYSTEM, "the file system takes no writes any more");
      case Errno.EIO, ENXIO, ENODEV, ESTALE, EUCLEAN, EREMOTEIO ->
          found(PathFault.WRITE_ERROR, "a write failed: " + Errno.text(-result));
      default -> {}
    }
  }

  private void settle() {
    PathMode mode = asked;
    String why = asked == PathMode.NORMAL ? "" : "set to " + asked.text() + " by the operator";
    for (Map.Entry<PathFault, String> fault : faults.entrySet()) {
      PathMode left = fault.getKey().leaves();
      if (why.isEmpty() || left.compareTo(mode) > 0) {
        why = fault.getValue();
      }
      mode = mode.orStricter(left);
    }
    PathMode before = now;
    reason = why;
    now = mode;
    if (before != mode) {
      tell(before, mode, why);
    }
  }

  private void tell(PathMode before, PathMode mode, String why) {
    if (mode.compareTo(before) > 0) {
      LOGGER.error("store path {} is {}: {}", directory, mode.text(), why);
    } else {
      LOGGER.warn("store path {} is {} again, it was {}", directory, mode.text(), before.text());
    }
    listener.accept(new PathEvent(index, directory, before, mode, why, clock.seconds()));
  }
}
