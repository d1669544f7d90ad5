package io.larder.tracker.files;

import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.InMemoryRegistry;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.view.ClusterView;
import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.WallClock;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrackerGroupsFile;
import io.larder.protocol.disk.TrackerServersFile;
import io.larder.protocol.disk.TrackerStatusFile;
import io.larder.tracker.TrackerCounters;
import io.larder.tracker.session.Archive;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what changes ask for, and reads it back at the next start (S2 §6).
///
/// Each file is replaced as a whole (temporary file, sync, rename), so a crash leaves the older state,
/// which the next beats of the storages bring up to date. A file that cannot be written stays due and
/// is tried again with the next change or minute.
///
/// Owner of the folder and of what is due: the executor given, one task at a time.
public final class TrackerFiles implements Archive, InMemoryRegistry.Listener {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrackerFiles.class);
  private static final String GROUPS = "storage_groups_new.dat";
  private static final String SERVERS = "storage_servers_new.dat";
  private static final String TIMESTAMPS = "storage_sync_timestamp.dat";
  private static final String STATUS = ".tracker_status";

  /// Beats with counters, and reports of progress, between two writes.
  private static final int REPORTS_PER_SAVE = 1_000;

  private enum Part {
    GROUPS,
    STORAGES,
    TIMESTAMPS
  }

  private final TrackerFolder folder;
  private final Rulebook rules;
  private final Executor thread;
  private final long upTime;
  private final long restartInterval;
  private final ClusterView loaded;
  private final EnumSet<Part> due = EnumSet.noneOf(Part.class);
  private final TrackerCounters counters;
  private ClusterView newest;
  private boolean failing;
  private int statReports;
  private int progressReports;

  // written by the owner only; volatile so that sessions read the newest
  private volatile long changelogSize;

  // set by whoever stops the tracker: what comes later is not written down
  private volatile boolean closed;

  private TrackerFiles(
      TrackerFolder folder,
      Rulebook rules,
      WallClock clock,
      Executor thread,
      TrackerCounters counters)
      throws DiskException {
    this.folder = folder;
    this.rules = rules;
    this.thread = thread;
    this.counters = counters;
    this.upTime = clock.seconds();
    this.loaded = load();
    this.newest = loaded;
    this.changelogSize = folder.changelogSize();
    this.restartInterval =
        folder
            .read(STATUS)
            .map(TrackerStatusFile::parse)
            .map(before -> Math.max(0, upTime - before.lastCheckTime()))
            .orElse(0L);
    folder.replace(STATUS, new TrackerStatusFile(upTime, upTime).text());
  }

  /// Opens the folder and reads what is there. Blocks.
  ///
  /// @param thread runs one task at a time; its tasks block
  /// @throws DiskException when the folder cannot be used
  /// @throws MalformedException naming the file that cannot be understood
  public static TrackerFiles open(
      Disk disk,
      Path basePath,
      Rulebook rules,
      WallClock clock,
      Executor thread,
      TrackerCounters counters)
      throws DiskException {
    return new TrackerFiles(TrackerFolder.open(disk, basePath), rules, clock, thread, counters);
  }

  /// What was known when the tracker stopped.
  public ClusterView loaded() {
    return loaded;
  }

  /// Epoch seconds of this start.
  public long upTime() {
    return upTime;
  }

  @Override
  public long restartInterval() {
    return restartInterval;
  }

  @Override
  public long changelogSize() {
    return changelogSize;
  }

  @Override
  public CompletionStage<String> changelog(long offset, int bytesMax) {
    if (offset >= changelogSize) {
      return CompletableFuture.completedStage("");
    }
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return folder.readChangelog(offset, bytesMax);
          } catch (DiskException e) {
            throw new CompletionException(e);
          }
        },
        thread);
  }

  @Override
  public void changed(ClusterView view, List<Effect> effects) {
    if (closed) {
      return;
    }
    thread.execute(() -> {
      newest = view;
      effects.forEach(this::note);
      save();
    });
  }

  private void note(Effect effect) {
    switch (effect) {
      case Effect.SaveGroups _ -> due.add(Part.GROUPS);
      case Effect.SaveStorages _ -> due.add(Part.STORAGES);
      case Effect.SaveSyncTimestamps _ -> due.add(Part.TIMESTAMPS);
      case Effect.StatsMoved _ -> {
        if (++statReports % REPORTS_PER_SAVE == 0) {
          due.add(Part.STORAGES);
        }
      }
      case Effect.ProgressMoved _ -> {
        if (++progressReports % REPORTS_PER_SAVE == 0) {
          due.add(Part.TIMESTAMPS);
        }
      }
      case Effect.LogChange(var line) -> append(line.text());
    }
  }

  private void append(String line) {
    try {
      folder.appendChangelog(line);
      changelogSize = folder.changelogSize();
    } catch (DiskException e) {
      counters.writeFailure();
      LOGGER.error("changelog line lost: {}", line.strip(), e);
    }
  }

  /// A sign of life: written every five minutes, so that the next start knows how long it was away.
  public void alive(long now) {
    thread.execute(() -> {
      save();
      write(STATUS, new TrackerStatusFile(upTime, now).text());
    });
  }

  /// Writes everything down and gives the folder back.
  public CompletionStage<Void> close(ClusterView last, long now) {
    closed = true;
    return CompletableFuture.runAsync(
        () -> {
          newest = last;
          due.addAll(EnumSet.allOf(Part.class));
          save();
          write(STATUS, new TrackerStatusFile(upTime, now).text());
          folder.close();
        },
        thread);
  }

  private void save() {
    for (Part part : EnumSet.copyOf(due)) {
      boolean written =
          switch (part) {
            case GROUPS -> write(GROUPS, StoredView.groups(newest).text());
            case STORAGES ->
                write(SERVERS, StoredView.storages(newest, rules.identity().useStorageId()).text());
            case TIMESTAMPS -> write(TIMESTAMPS, SyncTimestamps.text(newest));
          };
      if (written) {
        due.remove(part);
      }
    }
  }

  private boolean write(String name, String text) {
    try {
      folder.replace(name, text);
      failing = false;
      return true;
    } catch (DiskException e) {
      counters.writeFailure();
      if (!failing) {
        LOGGER.error("{} cannot be written, it is tried again", name, e);
      }
      failing = true;
      return false;
    }
  }

  private ClusterView load() throws DiskException {
    String groups = folder.read(GROUPS).orElse("");
    String servers = folder.read(SERVERS).orElse("");
    String timestamps = folder.read(TIMESTAMPS).orElse("");
    try {
      ClusterView view =
          StoredView.view(
              TrackerGroupsFile.parse(groups), TrackerServersFile.parse(servers), rules.identity());
      return SyncTimestamps.read(timestamps, view, rules.selection());
    } catch (MalformedException e) {
      throw new MalformedException(
          "the files " + GROUPS + ", " + SERVERS + ", " + TIMESTAMPS + ": " + e.getMessage());
    }
  }
}
