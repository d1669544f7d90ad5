package io.larder.store;

import io.larder.platform.Errno;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose turn it is on which file, among the jobs of one path thread: a long change holds its file, later changes of it
/// wait here in order. Belongs to its thread.
///
/// Files that nobody holds cost nothing: the maps are empty then.
final class FileTurns {
  /// Changes that may wait for one file; more are refused.
  static final int WAITING_MAX = 256;

  private final Map<String, ArrayDeque<StoreJob>> held = new HashMap<>();
  private final ArrayDeque<StoreJob> active = new ArrayDeque<>();
  private final Set<String> touched = new HashSet<>();
  private @Nullable StoreJob firstReleased;
  private @Nullable StoreJob lastReleased;

  boolean anyActive() {
    return !active.isEmpty();
  }

  /// The long job whose slice comes next; it goes to the end of the row by [#hold].
  @Nullable StoreJob nextSlice() {
    return active.pollFirst();
  }

  /// Whether the end of the batch changes or deletes a file of this name, so that nothing can be said of it before.
  boolean touchedInBatch(@Nullable String file) {
    return file != null && !touched.isEmpty() && touched.contains(file);
  }

  /// Notes that the end of the batch changes or deletes a file.
  void touch(@Nullable String file) {
    if (file != null) {
      touched.add(file);
    }
  }

  void batchDone() {
    if (!touched.isEmpty()) {
      touched.clear();
    }
  }

  /// Puts a job aside when another holds its file. When too many wait already, the job fails.
  ///
  /// @return whether it waits now
  boolean mustWait(StoreJob job) {
    String file = held.isEmpty() ? null : job.changedFile();
    ArrayDeque<StoreJob> waiting = file == null ? null : held.get(file);
    if (waiting == null) {
      return false;
    }
    job.next = null;
    if (waiting.size() < WAITING_MAX) {
      waiting.add(job);
      return true;
    }
    job.fail(Errno.EBUSY, "too many changes wait for file " + file);
    return false;
  }

  /// Keeps a job that needs another slice; its file is its own until [#release].
  void hold(StoreJob job) {
    String file = job.changedFile();
    if (file != null) {
      held.computeIfAbsent(file, _ -> new ArrayDeque<>());
    }
    active.addLast(job);
  }

  /// Ends a job's turn, if it held one.
  void release(StoreJob job) {
    String file = held.isEmpty() ? null : job.changedFile();
    ArrayDeque<StoreJob> waiting = file == null ? null : held.remove(file);
    if (waiting == null) {
      return;
    }
    for (StoreJob next : waiting) {
      if (lastReleased == null) {
        firstReleased = next;
      } else {
        lastReleased.next = next;
      }
      lastReleased = next;
    }
  }

  /// Whether jobs have got their turn and come before all others now.
  boolean anyReleased() {
    return firstReleased != null;
  }

  /// The jobs whose turn has come, oldest first.
  @Nullable StoreJob released() {
    StoreJob chain = firstReleased;
    firstReleased = null;
    lastReleased = null;
    return chain;
  }
}
